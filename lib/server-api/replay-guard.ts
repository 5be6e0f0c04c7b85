import type { EnvironmentId } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { isDiskFull } from "@/lib/db/disk-full";
import type { Credentials } from "./authenticate";
import { claimNonce, deleteNoncesBefore, type NonceClaim } from "./replay-store";

/** Tells whether a signed request is seen for the first time, in all processes together. */
interface ReplayGuard {
  /**
   * Resolves to false when this App Key, Nonce and Timestamp were used before; gives false at once where this process
   * knows it. Rejects when the database cannot say; the request may then be sent again as it is. While the database has no room to note it, a request
   * that `onlyReads` is told from a repetition by what this process has seen lately.
   */
  claim(environmentId: EnvironmentId, credentials: Credentials, onlyReads: boolean): Promise<boolean> | false;
  /** Forgets what the timestamp check refuses anyway. Gives how many were forgotten. */
  sweep(): Promise<number>;
}

/** Refuses nothing: `REPLAY_PROTECTION=off`. */
export const noReplayGuard: ReplayGuard = { claim: async () => true, sweep: async () => 0 };

/** Where timestamps are not checked, nonces are kept in buckets of a day, and for the day after. */
const DAY_MS = 86_400_000;
/** Processes' clocks may differ by this much. */
const MARGIN_MS = 60_000;
const RECENT = 2_000;
const SWEEP_CHUNK = 5_000;

/**
 * The guard over the table `request_nonces`. What this process has seen lately it refuses without asking the database.
 * `toleranceMs` 0 means that timestamps are not checked: then a request is remembered for at least 24 hours of the
 * server's clock, whatever its timestamp.
 */
export function createReplayGuard(context: Context, toleranceMs: number): ReplayGuard {
  const recent = createRecent(RECENT);

  const claimOf = (environmentId: EnvironmentId, { nonce, timestamp }: Credentials): NonceClaim => {
    if (toleranceMs > 0) return { environmentId, timestamp: Number(timestamp), nonce, alsoNotAt: null };
    const day = Math.floor(context.now() / DAY_MS) * DAY_MS;
    // Any split of the same signed text is the same request.
    return { environmentId, timestamp: day, nonce: nonce + timestamp, alsoNotAt: day - DAY_MS };
  };

  return {
    claim(environmentId, credentials, onlyReads) {
      // The signature stands for the secret, the nonce and the timestamp together.
      const signature = credentials.signature.toLowerCase();
      if (!recent.add(signature)) return false;
      return claimNonce(context.db, claimOf(environmentId, credentials)).catch((error: unknown) => {
        if (isDiskFull(error)) {
          context.room?.databaseIsFull();
          // A repetition elsewhere would change nothing, and refusing would stop all reading.
          if (onlyReads) return true;
        }
        // Nothing was claimed, so whoever sends the request again is not a replay.
        recent.remove(signature);
        throw error;
      });
    },
    async sweep() {
      const keepMs = toleranceMs > 0 ? toleranceMs + MARGIN_MS : 2 * DAY_MS;
      let total = 0;
      for (;;) {
        const deleted = await deleteNoncesBefore(context.db.prisma, context.now() - keepMs, SWEEP_CHUNK);
        total += deleted;
        if (deleted < SWEEP_CHUNK) return total;
      }
    },
  };
}

/** The last `max` texts; `add` is false for one of them. */
function createRecent(max: number): { add(text: string): boolean; remove(text: string): void } {
  let young = new Set<string>();
  let old = new Set<string>();
  return {
    add(text) {
      if (young.has(text) || old.has(text)) return false;
      young.add(text);
      if (young.size >= max) {
        old = young;
        young = new Set();
      }
      return true;
    },
    remove(text) {
      young.delete(text);
      old.delete(text);
    },
  };
}
