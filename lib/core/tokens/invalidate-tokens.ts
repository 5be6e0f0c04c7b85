import type { BusEvent } from "@/lib/bus/bus";
import type { Db } from "@/lib/db/database";
import type { Run } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import type { AuditRecord } from "../audit/audit-store";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { countConnectionsOf } from "../presence/connection-store";
import { expireTogether } from "./expire-tokens";
import { type InvalidateTokensInput, InvalidateTokensSchema } from "./schema";
import { lockTokenCutOffs } from "./token-store";

/**
 * Refuses from now on every access token that was issued to these users before and, with `disconnect`, closes the connections that
 * were opened with them: an open one asks for no token any more. Unknown ids are skipped; gives the known ones, and how many
 * connections were there.
 */
export async function invalidateTokens(
  context: Context,
  actor: Actor,
  input: InvalidateTokensInput,
): Promise<{ userIds: string[]; validFrom: Date; disconnected: number }> {
  requirePermission(actor, "users.invalidate_tokens");
  const environment = environmentOf(actor);
  const { userIds, disconnect } = InvalidateTokensSchema.parse(input);
  if (disconnect) requirePermission(actor, "connections.close");
  const validFrom = new Date(context.now());
  return executeWithPrisma(context, actor, async (tx, run) => {
    const outcome = await expireTogether(run, environment.id, userIds, validFrom);
    const closing = disconnect ? await closeOf(tx, run, environment.id, outcome.result.userIds) : NOTHING;
    return {
      ...outcome,
      result: { userIds: outcome.result.userIds, validFrom, disconnected: closing.connections },
      audit: [...(outcome.audit ?? []), ...closing.audit],
      events: [...(outcome.events ?? []), ...closing.events],
    };
  });
}

interface Closing {
  readonly connections: number;
  readonly audit: readonly AuditRecord[];
  readonly events: readonly BusEvent[];
}

const NOTHING: Closing = { connections: 0, audit: [], events: [] };

/**
 * What follows for the open connections of users whose tokens are refused from now on. All of them, whoever is counted: one that is just
 * being opened has no row yet.
 */
export async function closeOf(
  tx: Db,
  run: Run,
  environmentId: EnvironmentId,
  userIds: readonly string[],
): Promise<Closing> {
  if (userIds.length === 0) return NOTHING;
  const counts = await countConnectionsOf(tx, environmentId, userIds);
  // Locked since their tokens are refused.
  const connected = await lockTokenCutOffs(run, environmentId, [...counts.keys()]);
  return {
    connections: [...counts.values()].reduce((sum, count) => sum + count, 0),
    audit: connected.map(({ userId, name }) => ({
      action: "user.connections_closed",
      target: { kind: "user", id: userId, name },
      after: { connections: counts.get(userId) ?? 0 },
    })),
    events: [{ type: "connections.close", environmentId, userIds, connectionIds: null }],
  };
}
