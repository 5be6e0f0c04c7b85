import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import type { Wave } from "./schema";
import { findWavesSince } from "./wave-store";

const DAY_MS = 86_400_000;
const LISTED_MAX = 5;

/** Waves of registrations that run, or ran in the last 24 hours, the latest first; at most five. */
export async function listWaves(context: Context, actor: Actor): Promise<Wave[]> {
  requirePermission(actor, "users.read");
  const since = new Date(context.now() - DAY_MS);
  const waves = await findWavesSince(context.db.prisma, environmentOf(actor).id, since, LISTED_MAX);
  return waves.map(({ id, kind, key, since: began, lastAt, endedAt, users, usual }) => ({
    id: String(id),
    kind,
    key,
    since: began,
    lastAt,
    running: endedAt === null,
    users,
    usual,
  }));
}
