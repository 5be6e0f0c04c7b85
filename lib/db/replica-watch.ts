import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";
import { placeOf } from "./address";
import { addressesFault, type DatabaseIdentity, IDENTITY, positionOf, replicaFault } from "./replica-identity";
import { beginSession, type SessionOptions } from "./session";
import { limitedConfig } from "./silence-limit";

/** The replica is used only while it holds all that was committed longer ago than this. */
export const REPLICA_MAX_STALE_MS = 5_000;
const ASK_EVERY_MS = 500;
/** A replica that takes longer to answer is away. */
const ANSWER_WITHIN_MS = 2_000;
const STRAYED = "it has replayed what the primary has not written, so it follows another one";

export interface ReplicaState {
  /** Whether what is only shown may be read there. */
  readonly usable: boolean;
  /** Whatever was committed longer ago than this is there, in milliseconds; null: not known. */
  readonly staleMs: number | null;
  /** Why it is not used; null while it is. */
  readonly reason: string | null;
}

export interface ReplicaWatch {
  state(): ReplicaState;
  /** Aborted once the replica that is there now is away, or no replica any more. Not when it is behind. */
  lost(): AbortSignal;
  close(): Promise<void>;
}

export interface ReplicaWatchOptions {
  readonly url: string;
  readonly primaryUrl: string;
  readonly primary: pg.Pool;
  readonly applicationName: string;
  readonly log: Logger;
}

/**
 * Asks primary and replica twice a second where they stand. What the primary had written at a moment, and the replica has replayed
 * since, bounds what the replica lacks, by this process's clock alone: all that was committed before that moment is there.
 */
export function watchReplica({ url, primaryUrl, primary, applicationName, log }: ReplicaWatchOptions): ReplicaWatch {
  const session: SessionOptions = { url, applicationName, statementTimeoutMs: ANSWER_WITHIN_MS };
  const asking = new pg.Pool({
    ...limitedConfig({ ...session, connectWithinMs: ANSWER_WITHIN_MS }, () => true),
    onConnect: (client) => beginSession(client, session),
    max: 1,
  });
  asking.on("error", (error) => log.debug({ err: error }, "replica: the connection of its watch was closed"));

  const closing = new AbortController();
  let presence = new AbortController();
  /** What keeps it from being used whatever it has replayed. */
  const addresses = addressesFault(url, primaryUrl);
  let fault: string | null = addresses ?? "it has not been asked yet";
  /** What the primary had written at which moment, oldest first, and the replica has not replayed yet. */
  let ahead: { readonly at: number; readonly position: bigint }[] = [];
  let freshAt: number | null = null;
  let replayed: { readonly at: number; readonly position: bigint } | null = null;
  let ofPrimary: DatabaseIdentity | null = null;
  /** It had replayed what the primary has never written. Never used again by this process: what it lacks cannot be told. */
  let strayed = false;
  let told: string | null | undefined;

  const state = (): ReplicaState => {
    if (fault !== null) return { usable: false, staleMs: null, reason: fault };
    const staleMs = freshAt === null ? null : performance.now() - freshAt;
    const usable = staleMs !== null && staleMs <= REPLICA_MAX_STALE_MS;
    return { usable, staleMs, reason: usable ? null : `it is more than ${REPLICA_MAX_STALE_MS / 1000} s behind` };
  };

  const setFault = (next: string | null) => {
    if (next !== null && fault === null) presence.abort();
    if (next === null && fault !== null) presence = new AbortController();
    fault = next;
    if (next === null) return;
    ahead = [];
    freshAt = null;
    replayed = null;
  };

  const tell = () => {
    const { reason, staleMs } = state();
    if (reason === told) return;
    told = reason;
    if (reason === null) log.info({ replica: placeOf(url), staleMs }, "replica: used");
    else log.warn({ replica: placeOf(url), reason }, "replica: not used, the primary answers");
  };

  const advance = () => {
    if (replayed === null) return;
    const { position } = replayed;
    for (const sample of ahead) if (sample.position <= position) freshAt = sample.at;
    ahead = ahead.filter((sample) => sample.position > position);
  };

  const askPrimary = async () => {
    const at = performance.now();
    const { rows } = await primary.query<DatabaseIdentity>(IDENTITY);
    const [identity] = rows;
    if (identity?.position == null) return;
    ofPrimary = identity;
    const position = positionOf(identity.position);
    if (replayed !== null && replayed.at < at && replayed.position > position) {
      strayed = true;
      return setFault(STRAYED);
    }
    // While it is far behind, a place every few seconds is enough.
    if (ahead.length < 600) ahead.push({ at, position });
    advance();
  };

  const askReplica = async () => {
    try {
      const { rows } = await asking.query<DatabaseIdentity>(IDENTITY);
      const [identity] = rows;
      if (identity === undefined || ofPrimary === null) return;
      const found = addresses ?? (strayed ? STRAYED : replicaFault(url, identity, ofPrimary));
      const position = identity.position === null ? null : positionOf(identity.position);
      setFault(found);
      if (found !== null || position === null) return;
      replayed = { at: performance.now(), position };
      advance();
    } catch (error) {
      setFault(`it does not answer: ${(error as Error).message}`);
    }
  };

  const repeat = async (ask: () => Promise<void>, onError: (error: unknown) => void) => {
    while (!closing.signal.aborted) {
      await ask().catch(onError);
      tell();
      await pause(ASK_EVERY_MS, undefined, { ref: false, signal: closing.signal }).catch(() => undefined);
    }
  };
  const running = [
    // Nothing is known of what the replica lacks then, and after its bound it is not used.
    repeat(askPrimary, (error) => log.debug({ err: error }, "replica: the primary cannot be asked")),
    repeat(askReplica, (error) => log.error({ err: error }, "replica: the watch failed")),
  ];

  return {
    state,
    lost: () => presence.signal,
    async close() {
      closing.abort();
      await Promise.all(running);
      await asking.end();
    },
  };
}
