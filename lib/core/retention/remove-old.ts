import { onPool } from "@/lib/db/statement";
import { StaleTransaction } from "@/lib/db/transaction";
import type { EnvironmentId, System } from "../actor";
import { addSeal } from "../audit/seal-entries";
import {
  deleteRemoved,
  findAges,
  findChains,
  findLastSeal,
  findRemovedThrough,
  type SealAge,
} from "../audit/seal-store";
import { realNow } from "../clock/environment-time";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { newId } from "../ids";
import { deleteOldBans, findEnvironmentsWithOldBans, findRetention } from "./retention-store";

const DAY_MS = 86_400_000;
const BANS_AT_A_TIME = 2_000;
const SEALS_AT_A_TIME = 100;

const actorOf = (): System => ({
  kind: "system",
  source: "job",
  requestId: newId.request(),
  ip: "",
  environment: null,
});

/**
 * Removes audit entries and ended bans that are older than the owners keep them, in small transactions. For the process that seals, between its rounds: what
 * is removed is said by a seal first. Something is removed only where a whole day of it is too old, so that there is one
 * entry a day that says so, and not one a minute.
 */
export async function removeOld(context: Context): Promise<void> {
  const { auditDays, banDays } = await findRetention(context.db.prisma);
  for (const id of await findChains(onPool(context.db.pool))) {
    // What an earlier seal says is finished first, also when the rule was taken back.
    await finishRemoval(context, id);
    if (auditDays !== null && (await beginRemoval(context, id, auditDays))) await finishRemoval(context, id);
  }
  if (banDays !== null) await removeOldBans(context, banDays);
}

async function finishRemoval(context: Context, environmentId: EnvironmentId): Promise<void> {
  const run = onPool(context.db.pool);
  // A seal with its entries at a time, which are five hundred at most.
  while (await deleteRemoved(run, environmentId));
}

/** Says by a seal and by an audit entry what is going to be removed. False when nothing is old enough. */
async function beginRemoval(context: Context, environmentId: EnvironmentId, days: number): Promise<boolean> {
  const run = onPool(context.db.pool);
  const until = realNow(context) - days * DAY_MS;
  const old: SealAge[] = [];
  let above = await findRemovedThrough(run, environmentId);
  for (;;) {
    const ages = await findAges(run, environmentId, above, SEALS_AT_A_TIME);
    const young = ages.findIndex(({ newest }) => newest !== null && newest.getTime() >= until);
    old.push(...ages.slice(0, young === -1 ? undefined : young));
    const last = ages.at(-1);
    if (young !== -1 || last === undefined || ages.length < SEALS_AT_A_TIME) break;
    above = last.sequence;
  }
  const newest = Math.max(...old.map((age) => age.newest?.getTime() ?? 0));
  const oldest = Math.min(...old.flatMap((age) => (age.newest === null ? [] : [age.newest.getTime()])));
  const last = old.at(-1);
  if (last === undefined || oldest >= until - DAY_MS) return false;
  const entries = old.reduce((sum, age) => sum + age.entries, 0);
  await execute(context, actorOf(), async (tx) => {
    const head = await findLastSeal(tx, environmentId);
    if (head === null) throw new StaleTransaction();
    const said = await addSeal(context, tx, {
      environmentId,
      sequence: head.sequence + 1,
      afterId: head.throughId,
      throughId: head.throughId,
      entryIds: [],
      entryHashes: [],
      removedThrough: last.sequence,
      previousHash: head.hash,
    });
    if (said === null) throw new StaleTransaction();
    const after = { entries, upTo: new Date(newest).toISOString(), seal: last.sequence, days };
    return {
      result: undefined,
      audit: [{ environmentId, action: "audit.entries_removed", target: LOG, after }],
    };
  });
  return true;
}

const LOG = { kind: "settings", id: "retention", name: "the audit log" } as const;
const HISTORY = { kind: "settings", id: "retention", name: "the ban history" } as const;

async function removeOldBans(context: Context, days: number): Promise<void> {
  const now = new Date(realNow(context));
  for (const environmentId of await findEnvironmentsWithOldBans(context.db.prisma, now, days)) {
    for (let full = true; full; ) {
      full = await execute(context, actorOf(), async (tx) => {
        const { count, last } = await deleteOldBans(tx, environmentId, { now, days, limit: BANS_AT_A_TIME });
        if (count === 0 || last === null) return { result: false };
        const after = { bans: count, upTo: last.toISOString(), days };
        return {
          result: count === BANS_AT_A_TIME,
          audit: [{ environmentId, action: "bans.history_removed", target: HISTORY, after }],
        };
      });
    }
  }
}
