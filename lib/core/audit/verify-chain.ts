import { onPool, type Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { realNow } from "../clock/environment-time";
import type { Context } from "../context";
import { isSignedBy, publicKeyOfSeal } from "./audit-key";
import { BEFORE_ALL_IDS, hashOfSeal, type Seal } from "./seal";
import { findEntryMisfits, findLastSeal, findRemovedThrough, findSealsBelow, findWaiting } from "./seal-store";

/** Something that does not fit: an entry that is not as it was sealed, or a seal that is not as it was made. */
export interface Misfit {
  readonly kind: "changed" | "missing" | "inserted" | "seal_changed" | "seal_missing" | "not_sealed";
  /** Of what is wrong with an entry. */
  readonly entryId: string | null;
  /** Of what is wrong with a seal, or with an entry that it covers. */
  readonly seal: number | null;
  /** "Entry 17 was changed after it was sealed." */
  readonly words: string;
}

/** What a look at the chain of one environment came to. */
export interface ChainCheck {
  readonly environmentId: EnvironmentId;
  /** Entries that were compared with their seals. */
  readonly entries: number;
  /** When the last seal was made; null: there is none. */
  readonly sealedAt: Date | null;
  /** Sequence and hash of the last seal: who keeps them elsewhere notices when a later chain lacks it. */
  readonly head: { readonly sequence: number; readonly hash: string } | null;
  /** When the earliest seal was made that was looked at. */
  readonly checkedFrom: Date | null;
  /** Whether everything was looked at, or time ran out. */
  readonly whole: boolean;
  /** Up to which seal the entries were removed by the rule of retention; 0: none were. */
  readonly removedThrough: number;
  /** Entries that wait for their seal, counted up to a hundred. */
  readonly waiting: number;
  /** The first hundred of what does not fit, latest first. */
  readonly misfits: readonly Misfit[];
}

const SEALS_AT_A_TIME = 40;
const MOST_MISFITS = 100;
/** An entry is sealed within a minute; one that waits longer waits for a transaction that does not end, or for nobody. */
const OVERDUE_MS = 15 * 60_000;

type Sources = Pick<Context, "db" | "secrets" | "now" | "aheadMs">;

/** Compares the chain of an environment with its entries, latest first, for up to `withinMs`. */
export async function verifyChain(
  context: Sources,
  environmentId: EnvironmentId,
  withinMs = Number.POSITIVE_INFINITY,
): Promise<ChainCheck> {
  const until = Date.now() + withinMs;
  const run = onPool(context.db.pool);
  for (;;) {
    const removedThrough = await findRemovedThrough(run, environmentId);
    const check = await compare(context, run, { environmentId, removedThrough, until });
    // What was removed by the rule of retention while it was looked for is not missing.
    if (check.misfits.length === 0 || removedThrough === (await findRemovedThrough(run, environmentId))) return check;
  }
}

interface Compared {
  readonly environmentId: EnvironmentId;
  readonly removedThrough: number;
  /** Unix milliseconds of this machine. */
  readonly until: number;
}

async function compare(
  context: Sources,
  run: Run,
  { environmentId, removedThrough, until }: Compared,
): Promise<ChainCheck> {
  const last = await findLastSeal(run, environmentId);
  const waiting = await findWaiting(run, environmentId, last?.throughId ?? BEFORE_ALL_IDS, MOST_MISFITS);
  const misfits: Misfit[] = waitingTooLong(realNow(context), waiting, last);
  let above: Seal | null = null;
  let entries = 0;
  let whole = false;
  do {
    const below: number = above?.sequence ?? (last?.sequence ?? 0) + 1;
    const seals = await findSealsBelow(run, environmentId, { below, above: removedThrough, limit: SEALS_AT_A_TIME });
    const first = seals.at(-1);
    if (first !== undefined) {
      const range = { from: first.sequence, to: below - 1, limit: MOST_MISFITS };
      misfits.push(...(await findEntryMisfits(run, environmentId, range)).map(wordsOf));
    }
    for (const seal of seals) {
      misfits.push(...misfitsOf(seal, above, publicKeyOfSeal(context.secrets, BigInt(seal.number))));
      entries += seal.entryIds.length;
      above = seal;
    }
    whole = seals.length < SEALS_AT_A_TIME;
    if (whole) misfits.push(...misfitsOfBeginning(above, removedThrough));
  } while (!whole && misfits.length < MOST_MISFITS && Date.now() < until);
  return {
    environmentId,
    entries,
    sealedAt: last?.sealedAt ?? null,
    head: last === null ? null : { sequence: last.sequence, hash: last.hash },
    checkedFrom: above?.sealedAt ?? null,
    whole,
    removedThrough,
    waiting: waiting.entries,
    misfits: misfits.slice(0, MOST_MISFITS),
  };
}

const ENTRY_WORDS = {
  changed: "was changed after it was sealed",
  missing: "is missing",
  inserted: "was inserted after its neighbours were sealed",
} as const;

const wordsOf = ({ kind, id, sequence }: Awaited<ReturnType<typeof findEntryMisfits>>[number]): Misfit => ({
  kind,
  entryId: id,
  seal: sequence,
  words: `Entry ${id} ${ENTRY_WORDS[kind]}.`,
});

const ofSeal = (kind: "seal_changed" | "seal_missing", seal: number, words: string): Misfit => ({
  kind,
  entryId: null,
  seal,
  words,
});

/** What is wrong with a seal by itself, and with the way to the one after it. */
function misfitsOf(seal: Seal, above: Seal | null, publicKey: string): Misfit[] {
  const { sequence } = seal;
  const hash = hashOfSeal(seal);
  if (hash !== seal.hash || !isSignedBy(publicKey, seal.hash, seal.signature)) {
    return [ofSeal("seal_changed", sequence, `Seal ${sequence} was not made by this installation as it is.`)];
  }
  if (above === null) return [];
  if (above.sequence !== sequence + 1) return [missingSeals(sequence + 1, above.sequence - 1)];
  if (above.previousHash === seal.hash && above.afterId === seal.throughId) return [];
  return [ofSeal("seal_changed", sequence, `Seal ${sequence} is not the one that seal ${above.sequence} follows.`)];
}

/** What is wrong with where the chain begins. */
function misfitsOfBeginning(first: Seal | null, removedThrough: number): Misfit[] {
  if (first === null)
    return removedThrough === 0
      ? []
      : [ofSeal("seal_missing", removedThrough, "The seals after the removal are missing.")];
  if (first.sequence !== removedThrough + 1) return [missingSeals(removedThrough + 1, first.sequence - 1)];
  if (first.sequence > 1 || (first.previousHash === "" && first.afterId === BEFORE_ALL_IDS)) return [];
  return [ofSeal("seal_changed", 1, "Seal 1 is not the beginning of a chain.")];
}

const missingSeals = (from: number, to: number): Misfit =>
  ofSeal("seal_missing", from, from === to ? `Seal ${from} is missing.` : `Seals ${from} to ${to} are missing.`);

function waitingTooLong(
  now: number,
  { entries, oldest }: { readonly entries: number; readonly oldest: Date | null },
  last: Seal | null,
): Misfit[] {
  if (oldest === null || now - oldest.getTime() < OVERDUE_MS) return [];
  // While years of entries from before there were seals are being sealed, entries wait.
  if (last !== null && now - last.sealedAt.getTime() < OVERDUE_MS) return [];
  const many =
    entries === MOST_MISFITS
      ? `${entries} entries or more have`
      : entries === 1
        ? "An entry has"
        : `${entries} entries have`;
  const words = `${many} not been sealed since ${oldest.toISOString()}: is the service running?`;
  return [{ kind: "not_sealed", entryId: null, seal: null, words }];
}

/** Whether a chain still has a seal that was seen in it once, or says that it was removed by the rule of retention. */
export async function hasSeal(
  context: Pick<Context, "db">,
  environmentId: number,
  { sequence, hash }: { readonly sequence: number; readonly hash: string },
): Promise<boolean> {
  const run = onPool(context.db.pool);
  const id = environmentId as EnvironmentId;
  const [seal] = await findSealsBelow(run, id, { below: sequence + 1, above: sequence - 1, limit: 1 });
  return seal === undefined ? sequence <= (await findRemovedThrough(run, id)) : seal.hash === hash;
}
