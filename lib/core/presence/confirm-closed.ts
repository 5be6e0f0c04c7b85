import { setTimeout as pause } from "node:timers/promises";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { countRemaining } from "./connection-store";

/** What became of connections that had to close. */
export interface ClosedProof {
  /** How many there were when the order was given. */
  readonly found: number;
  /** How many of them are gone, by their rows. */
  readonly closed: number;
}

/** How long an operator waits at most to be told. A process that holds the rest is dead or cut off. */
const WAIT_MS = 2_000;
const FIRST_LOOK_MS = 10;
const SLOWEST_LOOK_MS = 200;

type Named = { readonly userId: string; readonly id: string };

/** Watches the rows of these connections until they are gone, for up to two seconds; says how many are. */
export async function confirmClosed(
  context: Context,
  environmentId: EnvironmentId,
  connections: readonly Named[],
): Promise<ClosedProof> {
  if (connections.length === 0) return { found: 0, closed: 0 };
  let remaining = connections.length;
  let look = FIRST_LOOK_MS;
  for (let waited = 0; waited < WAIT_MS && remaining > 0; waited += look) {
    await pause(look);
    remaining = await countRemaining(context.db.prisma, environmentId, connections);
    look = Math.min(look * 2, SLOWEST_LOOK_MS);
  }
  return { found: connections.length, closed: connections.length - remaining };
}
