import type { z } from "zod";
import { addressText } from "@/lib/core/input/text";
import { DeletedUserListQuerySchema } from "@/lib/core/soft-delete/list-schema";

/** The list in its address. */
export const DeletedUsersQuerySchema = DeletedUserListQuerySchema.extend({
  /** Whom the dialog with the call that soft-deletes names. */
  user: addressText(64).optional().catch(undefined),
});
export type DeletedUsersQuery = z.output<typeof DeletedUsersQuerySchema>;
