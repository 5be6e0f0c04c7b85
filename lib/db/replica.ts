import { errorOfKind } from "../error-kind";
import { type Database, openDatabase } from "./database";
import { isDatabaseAway } from "./database-away";
import { type ReplicaState, type ReplicaWatchOptions, watchReplica } from "./replica-watch";
import { isNotForStandbys, isTransient } from "./sql-state";

/** A streaming standby, where what is only shown may be read (docs/decisions/0150-what-is-only-shown-is-read-from-the-replica.md). */
export interface Replica {
  state(): ReplicaState;
  /**
   * Runs a read there. Rejects with what `isReplicaAtFault` knows when it could not be answered there, for the replica is away, ends
   * statements in the way of what it replays, or has no such table; soon after the replica was lost, whatever it waits for.
   */
  run<T>(read: (db: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

class ReplicaLost extends errorOfKind("ReplicaLost") {
  constructor() {
    super("The replica was lost.");
  }
}

/** Whether the same read may succeed on the primary, for no fault of its own. */
export const isReplicaAtFault = (error: unknown): boolean =>
  error instanceof ReplicaLost || isDatabaseAway(error) || isTransient(error) || isNotForStandbys(error);

/** Opens a pool to the replica and watches it; connects on first use, and never fails because the replica is away. */
export function openReplica(options: ReplicaWatchOptions & { readonly poolSize: number }): Replica {
  const { url, poolSize, applicationName, log } = options;
  const db = openDatabase({
    url,
    poolSize,
    applicationName,
    onIdleError: (error) => log.debug({ err: error }, "replica: an idle connection was closed"),
  });
  const watch = watchReplica(options);
  return {
    state: watch.state,
    async run(read) {
      const signal = watch.lost();
      let give: () => void = () => undefined;
      const lost = new Promise<never>((_, reject) => {
        give = () => reject(new ReplicaLost());
        signal.addEventListener("abort", give, { once: true });
      });
      const reading = read(db);
      try {
        return await Promise.race([reading, lost]);
      } finally {
        signal.removeEventListener("abort", give);
        // It may still fail after nobody waits for it.
        reading.catch(() => undefined);
      }
    },
    async close() {
      await watch.close();
      await db.close();
    },
  };
}
