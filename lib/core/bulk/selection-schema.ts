import { z } from "zod";
import { BanListQuerySchema } from "../bans/list-schema";
import { addressText } from "../input/text";
import { DeletedUserFilterSchema } from "../soft-delete/list-schema";
import { UserFilterSchema } from "../users/list-schema";
import { userIdList } from "../users/schema";

/** Ids that one selection may name; everything that a list's filter means may be any number. */
export const NAMED_MAX = 10_000;

/** Everything that a list shows over all of its pages, in the spelling of its address. */
const byFilter = [
  z.object({ by: z.literal("users"), filter: UserFilterSchema }),
  z.object({ by: z.literal("bans"), filter: BanListQuerySchema.omit({ size: true, cursor: true }) }),
  z.object({ by: z.literal("deleted"), filter: DeletedUserFilterSchema }),
] as const;

/** Whom an act on many users is about. Browser-safe. */
export const BulkSelectionSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("ids"), userIds: userIdList(NAMED_MAX) }),
  ...byFilter,
]);
export type BulkSelectionInput =
  | { readonly by: "ids"; readonly userIds: readonly string[] }
  | {
      readonly by: "users" | "bans" | "deleted";
      /** In the spelling of the list's address. */
      readonly filter: Readonly<Record<string, string | undefined>>;
    };
export type BulkSelection = z.output<typeof BulkSelectionSchema>;

/** What the worker chooses a job's users by: a list, or what another job has done. */
export const JobSelectionSchema = z.discriminatedUnion("by", [
  ...byFilter,
  z.object({ by: z.literal("job"), jobId: addressText(64) }),
]);
export type JobSelection = z.output<typeof JobSelectionSchema>;
