import { createHash } from "node:crypto";
import type { Db } from "@/lib/db/database";
import type { Actor, EnvironmentId } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { findSelectedUsers } from "./deletion-store";
import {
  DELETION_MAX,
  DELETION_ROWS,
  type DeletionCandidate,
  type DeletionPlan,
  type DeletionSelection,
  type DeletionSelectionInput,
  DeletionSelectionSchema,
  deletionPhrase,
} from "./schema";
import { developmentForDeletion } from "./test-users-only";

/**
 * Dry run: whom a selection would delete and whom it would skip, changing nothing. Soft-deleted users are deleted too
 * (it frees their id, no seat; docs/decisions/0033). Throws `development_only`, `forbidden`, and `too_many_targets`
 * over 10,000 users.
 */
export async function planDeletion(
  context: Context,
  actor: Actor,
  input: DeletionSelectionInput,
): Promise<DeletionPlan> {
  const environment = developmentForDeletion(actor);
  const selection = DeletionSelectionSchema.parse(input);
  const candidates = await selectUsers(context.db.prisma, environment.id, selection);
  const skipped = idsNotIn(selection, candidates);
  return {
    count: candidates.length,
    willDelete: candidates.slice(0, DELETION_ROWS),
    seatsFreed: candidates.filter((user) => user.softDeletedAt === null).length,
    skipped: skipped.slice(0, DELETION_ROWS).map((userId) => ({ userId, reason: "not_found" })),
    skippedCount: skipped.length,
    phrase: deletionPhrase(candidates.length),
    fingerprint: fingerprintOf(candidates),
  };
}

/** The users of a selection in id order. Throws `too_many_targets`. */
export async function selectUsers(
  db: Db,
  environmentId: EnvironmentId,
  selection: DeletionSelection,
): Promise<DeletionCandidate[]> {
  const users = await findSelectedUsers(db, environmentId, selection, DELETION_MAX + 1);
  if (users.length <= DELETION_MAX) return users;
  throw new AppError("too_many_targets", {
    message: `This selects more than ${DELETION_MAX.toLocaleString("en")} users. Select fewer.`,
  });
}

/** Names a set of users, so that the set of a later moment can be compared. */
export function fingerprintOf(users: readonly DeletionCandidate[]): string {
  const hash = createHash("sha256");
  for (const user of users) hash.update(`${user.userId}\n`);
  return hash.digest("base64url").slice(0, 22);
}

function idsNotIn(selection: DeletionSelection, candidates: readonly DeletionCandidate[]): string[] {
  if (selection.by !== "ids") return [];
  const known = new Set(candidates.map((user) => user.userId));
  return [...new Set(selection.userIds)].filter((userId) => !known.has(userId));
}
