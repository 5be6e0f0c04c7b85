import type { Context } from "../context";

/** The moment from which a user who was soft-deleted at `softDeletedAt` can be restored. */
export function restorableFrom(context: Pick<Context, "restoreAfterMs">, softDeletedAt: Date): Date {
  return new Date(softDeletedAt.getTime() + context.restoreAfterMs);
}
