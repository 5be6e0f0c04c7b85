import { z } from "zod";
import { limitedText } from "../input/text";
import { MomentTextSchema } from "../paging/moment-schema";
import { momentOf } from "../paging/time-range";
import { TestRunIdSchema } from "../test-runs/schema";
import { UserIdSchema, userIdList } from "../users/schema";

/** Users that one deletion may name. As many as Development may ever hold; soft-deleted ids may add to them. */
export const DELETION_MAX = 10_000;
/** Rows of a dry run that are listed; beyond them only the count is given. */
export const DELETION_ROWS = 1_000;

/** The years that PostgreSQL holds with certainty, as a written moment may name them. */
const EARLIEST = new Date("1000-01-01T00:00:00Z");
const LATEST = new Date("2999-12-31T23:59:59.999Z");
const moment = z.union([z.date().min(EARLIEST).max(LATEST), MomentTextSchema.transform(momentOf)]);

/** Which test users to delete. Days mean their beginning in UTC. Browser-safe. */
export const DeletionSelectionSchema = z.discriminatedUnion("by", [
  z.object({ by: z.literal("prefix"), prefix: UserIdSchema }),
  z.object({ by: z.literal("ids"), userIds: userIdList(DELETION_MAX) }),
  z.object({ by: z.literal("created"), before: moment }),
  /** Last seen before `since`; a user never seen counts by the registration. */
  z.object({ by: z.literal("unseen"), since: moment }),
  /** Of a test run, by its id. */
  z.object({ by: z.literal("run"), run: TestRunIdSchema }),
]);
export type DeletionSelectionInput = z.input<typeof DeletionSelectionSchema>;
export type DeletionSelection = z.output<typeof DeletionSelectionSchema>;

export const StartDeletionSchema = z.object({
  selection: DeletionSelectionSchema,
  /** What the operator typed; must be `deletionPhrase(expectedCount)`. */
  phrase: limitedText({ characters: 200 }, { empty: true }),
  /** `count` of the dry run that the operator saw. */
  expectedCount: z.number().int().min(1),
  /** `fingerprint` of that dry run: refuses also when other users of the same number are selected now. */
  fingerprint: limitedText({ characters: 100 }, { empty: true }).optional(),
});
export type StartDeletionInput = z.input<typeof StartDeletionSchema>;

export const DeleteTestUserSchema = z.object({
  userId: UserIdSchema,
  /** The id, typed again. */
  confirmation: limitedText({ characters: 256 }, { empty: true }),
});
export type DeleteTestUserInput = z.input<typeof DeleteTestUserSchema>;

/** The phrase to type: "delete 61 users". */
export function deletionPhrase(count: number): string {
  return `delete ${count} ${count === 1 ? "user" : "users"}`;
}

export interface DeletionCandidate {
  readonly userId: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
  /** Already soft-deleted: deleting frees the id, and no seat. */
  readonly softDeletedAt: Date | null;
  readonly bannedUntil: Date | null;
}

/** Why an id of the selection will not be deleted. */
export type SkipReason = "not_found";

export interface DeletionPlan {
  /** How many users will be deleted. */
  readonly count: number;
  /** The first 1,000 of them, in id order. */
  readonly willDelete: readonly DeletionCandidate[];
  /** Seats that become free: `count` without the soft-deleted. */
  readonly seatsFreed: number;
  /** The first 1,000 ids that were named and will not be deleted. */
  readonly skipped: readonly { readonly userId: string; readonly reason: SkipReason }[];
  readonly skippedCount: number;
  /** What to type. */
  readonly phrase: string;
  readonly fingerprint: string;
}
