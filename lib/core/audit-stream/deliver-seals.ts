import { onPool } from "@/lib/db/statement";
import { OutboundError } from "@/lib/outbound/outbound";
import { auditKeyOf } from "../audit/audit-key";
import type { Seal } from "../audit/seal";
import { findLastNumber, findSealAfter, findSealedEntries } from "../audit/seal-store";
import { realNow } from "../clock/environment-time";
import type { Context } from "../context";
import { pauseAfter } from "../webhooks/retry-rules";
import { beginFile, findStream, moveOn, noteFailure, type StreamKind } from "./stream-store";

/** One call of `deliverSeals` goes on for so long. */
const ROUND_MS = 10_000;
const ATTEMPT_MS = 10_000;

/** Takes lines, each with its end; resolves when they are kept. */
export type LineSink = (lines: string) => Promise<void>;

/**
 * Sends what was sealed to the address that an owner has set, and to `file` where the installation has one: seal by seal in their order, each with its
 * entries, and on to the next only when it was accepted. A process that dies in between sends its last seal again. For the process
 * that seals, after its rounds.
 */
export async function deliverSeals(context: Context, file: LineSink | null): Promise<void> {
  const db = context.db.prisma;
  if (file !== null) {
    if ((await findStream(db, "file")) === null) await beginFile(db, await findLastNumber(onPool(context.db.pool)));
    await deliver(context, "file", async (_url, _seal, body) => file(body));
  }
  await deliver(context, "address", (url, seal, body) => post(context, url, seal, body));
}

type Send = (url: string, seal: Seal, body: string) => Promise<void>;

/** The receiver, or the file, did not take it. `message` is for the operator. */
class NotTaken extends Error {}

async function deliver(context: Context, kind: StreamKind, send: Send): Promise<void> {
  const db = context.db.prisma;
  const run = onPool(context.db.pool);
  for (const until = Date.now() + ROUND_MS; Date.now() < until; ) {
    const stream = await findStream(db, kind);
    const now = realNow(context);
    if (stream === null || (stream.retryAt !== null && stream.retryAt.getTime() > now)) return;
    const seal = await findSealAfter(run, String(stream.position));
    if (seal === null) return;
    try {
      await send(stream.url, seal, linesOf(seal, await findSealedEntries(run, seal)));
    } catch (error) {
      if (kind === "address" && !(error instanceof NotTaken)) throw error;
      const failures = stream.failures + 1;
      const retryAt = new Date(now + pauseAfter(failures, Math.random()));
      await noteFailure(db, kind, stream.url, { error: (error as Error).message, failures, retryAt });
      context.log.warn(
        { err: error, kind, seal: seal.number, failures },
        "audit: a seal was not sent on; trying again",
      );
      return;
    }
    await moveOn(db, kind, stream.url, BigInt(seal.number), new Date(realNow(context)));
  }
}

/** A line about the seal, and one for each of its entries. */
function linesOf(seal: Seal, entries: readonly Readonly<Record<string, unknown>>[]): string {
  const { environmentId, sequence, number, sealedAt, removedThrough, previousHash, hash, signature } = seal;
  const said = { environmentId, sequence, number, sealedAt, removedThrough, previousHash, hash, signature };
  const lines = [
    { seal: { ...said, entries: entries.length } },
    ...entries.map((entry) => ({ entry: { environmentId, ...entry } })),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

async function post(context: Context, url: string, seal: Seal, body: string): Promise<void> {
  const headers = {
    "Content-Type": "application/x-ndjson; charset=utf-8",
    "User-Agent": "im-user-service",
    // The same when it is sent again.
    "X-Audit-Seal": seal.number,
    "X-Audit-Signature": auditKeyOf(context.secrets).sign(`${seal.number}.${body}`),
  };
  let status: number;
  try {
    ({ status } = await context.outbound.post({ url: new URL(url), headers, body, timeoutMs: ATTEMPT_MS }));
  } catch (error) {
    if (error instanceof OutboundError) throw new NotTaken(error.message, { cause: error });
    throw error;
  }
  if (status < 200 || status > 299) throw new NotTaken(`Answered ${status}.`);
}
