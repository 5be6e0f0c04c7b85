import { environmentDirectory } from "../apps/environment-directory";
import { isClosed } from "../apps/resolve-environment";
import { contextIn } from "../clock/environment-time";
import type { Context } from "../context";
import { tokenRefusalBy } from "../tokens/token-refusal";
import { findUser } from "../users/user-store";
import type { Admission } from "./admit-user";

/** Why a user who is connected must not be any more. */
export type CutReason = "banned" | "soft_deleted" | "deleted" | "app_closed";

/** Users whose rows are asked for at once; the store reads them in statements of its own size. */
const CHUNK = 1_000;

/**
 * Looks again at connected users, after events may have been missed: gives those who must not be connected any more and
 * why. Expired and invalidated tokens cut nobody (contract section 5.2). Rejects when the database cannot be asked.
 */
export async function recheckUsers<Connected extends Admission>(
  context: Context,
  connected: readonly Connected[],
): Promise<Map<Connected, CutReason>> {
  const cut = new Map<Connected, CutReason>();
  for (let at = 0; at < connected.length; at += CHUNK) {
    const chunk = connected.slice(at, at + CHUNK);
    const reasons = await Promise.all(chunk.map((one) => cutReason(context, one)));
    for (const [index, one] of chunk.entries()) {
      const reason = reasons[index];
      if (reason !== null && reason !== undefined) cut.set(one, reason);
    }
  }
  return cut;
}

async function cutReason(context: Context, connected: Admission): Promise<CutReason | null> {
  const entry = await environmentDirectory(context).find(connected.environment.appKey);
  if (entry === null || isClosed(entry.ref)) return "app_closed";
  const user = await findUser(context.db, connected.environment.id, connected.userId);
  const refusal = tokenRefusalBy(user, { issuedAt: connected.tokenIssuedAt });
  if (refusal === "unknown_user") return "deleted";
  if (refusal === "soft_deleted") return "soft_deleted";
  const until = user?.bannedUntil ?? null;
  return until !== null && until.getTime() > contextIn(context, entry.ref).now() ? "banned" : null;
}
