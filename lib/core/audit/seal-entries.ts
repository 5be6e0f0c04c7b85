import { randomUUID } from "node:crypto";
import { onPool, type Run } from "@/lib/db/statement";
import { realNow } from "../clock/environment-time";
import type { Context } from "../context";
import { auditKeyOf } from "./audit-key";
import { hashOfSeal, type Seal, type SealClaim } from "./seal";
import {
  type ChainEnd,
  claimSealing,
  findLastNumber,
  findUnsealed,
  hashEntries,
  insertSeal,
  type Mark,
  markEntries,
  releaseSealing,
} from "./seal-store";

/** How long a process that seals may be silent before another does. */
const HELD_MS = 60_000;
/** Entries of one seal at most. */
const SEAL_ENTRIES = 500;
/** A round ends after so long, and the next goes on. */
const ROUND_MS = 5_000;

/** What one round came to. */
interface Round {
  /** Whether this process is the one that seals. */
  readonly mine: boolean;
  readonly seals: number;
  /** Entries were left for the next round, which should follow at once. */
  readonly more: boolean;
}

export interface Sealer {
  /** Seals the entries that are decided. Of all processes one does it, the others do nothing. */
  round(): Promise<Round>;
  /** Lets another process go on at once. */
  end(): Promise<void>;
}

/**
 * Seals audit entries behind the writers, so that nobody who writes one waits for a chain (docs/decisions/0120). Ids are given to
 * entries before their transactions commit, in no order. A round therefore notes the last id and the transactions under way, and the
 * first later round that finds those ended seals up to that id: whoever could write an entry below it has done so.
 */
export function createSealer(context: Context): Sealer {
  const run = onPool(context.db.pool);
  const holder = randomUUID();
  let noted: Mark | null = null;
  let decided = "0";

  return {
    async round() {
      const now = realNow(context);
      if (!(await claimSealing(run, holder, new Date(now), new Date(now + HELD_MS)))) {
        noted = null;
        return { mine: false, seals: 0, more: false };
      }
      const { mark, oldest } = await markEntries(run);
      if (noted === null || oldest >= noted.next) {
        if (noted !== null) decided = noted.id;
        noted = mark;
      }
      return sealUpTo(context, run, decided);
    },
    end: () => releaseSealing(run, holder),
  };
}

async function sealUpTo(context: Context, run: Run, throughId: string): Promise<Round> {
  const until = Date.now() + ROUND_MS;
  let seals = 0;
  for (let ends = await findUnsealed(run, throughId); ends.length > 0; ) {
    const next: ChainEnd[] = [];
    // Environments take turns, so that one with very many entries holds up nobody's seals.
    for (const end of ends) {
      if (Date.now() > until) return { mine: true, seals, more: true };
      const seal = await sealNext(context, run, end, throughId);
      if (seal === null) return { mine: true, seals, more: false };
      seals += 1;
      if (seal.throughId !== throughId) next.push(seal);
    }
    ends = next;
  }
  return { mine: true, seals, more: false };
}

async function sealNext(context: Context, run: Run, end: ChainEnd, decided: string): Promise<Seal | null> {
  const { environmentId, sequence, throughId: afterId, hash: previousHash } = end;
  const entries = await hashEntries(run, environmentId, { afterId, throughId: decided, limit: SEAL_ENTRIES });
  const last = entries.at(-1);
  return addSeal(context, run, {
    environmentId,
    sequence: sequence + 1,
    afterId,
    throughId: entries.length === SEAL_ENTRIES && last !== undefined ? last.id : decided,
    entryIds: entries.map(({ id }) => id),
    entryHashes: entries.map((entry) => entry.hash),
    removedThrough: null,
    previousHash,
  });
}

/** Signs and stores the next seal of a chain. Null when another seal was made meanwhile. */
export async function addSeal(
  context: Context,
  run: Run,
  said: Omit<SealClaim, "number" | "sealedAt">,
): Promise<Seal | null> {
  const number = String((await findLastNumber(run)) + 1n);
  const claim: SealClaim = { ...said, number, sealedAt: new Date(realNow(context)) };
  const hash = hashOfSeal(claim);
  const seal: Seal = { ...claim, hash, signature: auditKeyOf(context.secrets).sign(hash) };
  if (!(await insertSeal(run, seal))) return null;
  // Where logs are kept elsewhere, this line is what a database that was set back is noticed by.
  const { environmentId, sequence, entryIds } = seal;
  context.log.info({ environmentId, sequence, entries: entryIds.length, hash }, "audit: sealed");
  return seal;
}
