import type { Db } from "@/lib/db/database";
import type { Actor } from "../actor";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { findOperator } from "./operator-store";

/**
 * Throws `forbidden` unless the actor may still manage operators. Inside a transaction that holds `lockOperators`: the
 * actor's role was read when the request came, and of two owners who demote each other only the first may do so.
 */
export async function requireManager(tx: Db, actor: Actor): Promise<void> {
  if (actor.kind !== "operator") return;
  const now = await findOperator(tx, actor.operatorId);
  if (now === null || now.disabledAt !== null) {
    throw new AppError("forbidden", { message: "Your account is disabled." });
  }
  requirePermission({ ...actor, holds: { everywhere: now.role, grants: [] } }, "operators.manage");
}
