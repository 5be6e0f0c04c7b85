import type { Context } from "../context";
import type { StoredDeletion } from "./deleted-user-list-store";
import type { SoftDeletion } from "./list-schema";

/** The moment from which a user who was soft-deleted at `softDeletedAt` can be restored. */
export function restorableFrom(context: Pick<Context, "restoreAfterMs">, softDeletedAt: Date): Date {
  return new Date(softDeletedAt.getTime() + context.restoreAfterMs);
}

/** A stored deletion as the console shows it. */
export function toSoftDeletion(context: Pick<Context, "restoreAfterMs" | "now">, stored: StoredDeletion): SoftDeletion {
  const { softDeletedAt, auditEntryId, actorKind, actorId, actorName } = stored;
  const from = restorableFrom(context, softDeletedAt);
  return {
    at: softDeletedAt,
    by: actorKind === null ? null : { kind: actorKind, id: actorId ?? "", name: actorName ?? "" },
    auditEntryId: auditEntryId === null ? null : String(auditEntryId),
    restorableFrom: from,
    restorable: from.getTime() <= context.now(),
  };
}
