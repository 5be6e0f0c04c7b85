import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { placeOf } from "@/lib/db/address";
import { addressesFault, type DatabaseIdentity, IDENTITY, positionOf, replicaFault } from "@/lib/db/replica-identity";
import { REPLICA_MAX_STALE_MS } from "@/lib/db/replica-watch";
import { whyNoAnswer } from "./no-answer";
import { findPooler } from "./pooler";

/** What is asked of DATABASE_REPLICA_URL before the product starts with it, and by `doctor`. */
export interface ReplicaReport {
  /** Why it can be no replica of DATABASE_URL, as a sentence with what to do; null: it can. The start is refused. */
  readonly fault: string | null;
  /** What keeps it from being used just now; null: nothing. The start goes on, with the primary alone. */
  readonly note: string | null;
  /** How long it took to replay what the primary had written when it was asked, in milliseconds; null: not known. */
  readonly behindMs: number | null;
}

const ANSWER_WITHIN_MS = 8_000;
const ASK_AGAIN_MS = 20;

/** Asks both databases. Never throws because of the replica; rejects when the primary does not answer. */
export async function inspectReplica(replicaUrl: string, primaryUrl: string): Promise<ReplicaReport> {
  const fault = addressesFault(replicaUrl, primaryUrl);
  if (fault !== null) return { fault, note: null, behindMs: null };
  const primary = await asking(primaryUrl);
  try {
    const client = await asking(replicaUrl);
    try {
      return await compare(client, primary, replicaUrl);
    } finally {
      await client.end();
    }
  } catch (error) {
    return { fault: null, note: unanswered(replicaUrl, error), behindMs: null };
  } finally {
    await primary.end();
  }
}

async function asking(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString,
    connectionTimeoutMillis: ANSWER_WITHIN_MS,
    query_timeout: ANSWER_WITHIN_MS,
    application_name: "im-user-service check",
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

async function identityOf(client: pg.Client): Promise<DatabaseIdentity> {
  const { rows } = await client.query<DatabaseIdentity>(IDENTITY);
  const [identity] = rows;
  if (identity === undefined) throw new Error("it gives no answer to a question");
  return identity;
}

async function compare(client: pg.Client, primary: pg.Client, replicaUrl: string): Promise<ReplicaReport> {
  if ((await findPooler(replicaUrl, client)) === "transaction") return { fault: POOLED, note: null, behindMs: null };
  const ofPrimary = await identityOf(primary);
  const asked = performance.now();
  for (;;) {
    const identity = await identityOf(client);
    const fault = replicaFault(replicaUrl, identity, ofPrimary);
    if (fault !== null) return { fault, note: null, behindMs: null };
    const behindMs = Math.round(performance.now() - asked);
    if (positionOf(identity.position ?? "0/0") >= positionOf(ofPrimary.position ?? "0/0")) {
      return { fault: null, note: null, behindMs };
    }
    if (behindMs > REPLICA_MAX_STALE_MS) return { fault: null, note: behind(replicaUrl), behindMs: null };
    await pause(ASK_AGAIN_MS);
  }
}

const POOLED =
  "DATABASE_REPLICA_URL leads to a pooler that shares sessions (pgbouncer with pool_mode=transaction or statement). Give the standby's own address, or a pool with pool_mode=session.";

const behind = (url: string) =>
  `DATABASE_REPLICA_URL (${placeOf(url)}) is more than ${REPLICA_MAX_STALE_MS / 1000} s behind, so the primary answers: look at pg_stat_replication there.`;

function unanswered(url: string, error: unknown): string {
  const why =
    (error as { code?: string }).code === "57P03"
      ? "it is starting up, or takes no connections (hot_standby)"
      : whyNoAnswer(error);
  return `DATABASE_REPLICA_URL (${placeOf(url)}) does not answer, so the primary does: ${why}.`;
}
