import { inPrisma } from "@/lib/db/statement";
import { retrying } from "@/lib/db/transaction";
import { extendLease, LEASE_MS } from "@/lib/queue/lease-store";
import { startSlots } from "@/lib/queue/slots";
import { underLease } from "@/lib/queue/under-lease";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { foldGroupNames } from "../groups/fold-group-names";
import { lacksRoom } from "../room/need-room";
import {
  advanceBuild,
  type ClaimedBuild,
  claimBuild,
  countUsersToBuild,
  endBuild,
  findEnvironmentsToBuild,
  leaseOfBuild,
  lockNextUsers,
  orderBuild,
} from "./build-store";
import { saveSearchNames } from "./search-name-store";

/** Users per transaction: they are locked for as long as it takes, some tens of milliseconds. */
const BATCH_SIZE = 500;
/** Builds are ordered by migrations and seeds, not by anybody who waits. */
const POLL_MS = 30_000;

export interface SearchBuilder {
  /** Finishes the batch in hand and gives the build back. Call before the context is closed. */
  stop(): Promise<void>;
}

/**
 * Puts the users from before the search index into it, and fills in groups from before, as long as the process runs: one
 * environment at a time, in batches. Any number of processes share the work, and one goes on where another died.
 */
export function startSearchBuilder(context: Context, options: { pollMs?: number } = {}): SearchBuilder {
  const { log, now } = context;
  const db = context.db.prisma;
  let stopping = false;
  const slots = startSlots<EnvironmentId>({
    name: "search",
    log,
    now,
    slots: 1,
    pollMs: options.pollMs ?? POLL_MS,
    find: async () => {
      await foldGroupNames(context, () => stopping);
      return findEnvironmentsToBuild(db, now());
    },
    async work(environmentId) {
      if (lacksRoom(context)) return null;
      const build = await claimBuild(db, environmentId, now());
      if (build === null) return null;
      await underLease(leaseOfBuild(build), { db, log, now }, (lost) =>
        runBuild(context, build, () => stopping || lost.aborted || lacksRoom(context)),
      );
      return null;
    },
  });
  return {
    async stop() {
      stopping = true;
      await slots.stop();
    },
  };
}

/**
 * Puts all users of an environment into the index, where they were written past the doors that do so: by seeds and benchmarks.
 * What another process holds is left to it.
 */
export async function buildSearch(context: Context, environmentId: EnvironmentId): Promise<void> {
  const db = context.db.prisma;
  await orderBuild(db, environmentId);
  const build = await claimBuild(db, environmentId, context.now());
  if (build !== null) await runBuild(context, build, () => false);
}

/** Carries a claimed build on until it is finished, the lease is lost or `stopping` says so. @internal Exported for tests. */
export async function runBuild(context: Context, build: ClaimedBuild, stopping: () => boolean): Promise<void> {
  if (build.total === null) await countUsersToBuild(context.db.prisma, build);
  while (!stopping()) {
    if (!(await retrying(() => buildBatch(context, build)))) return;
  }
}

/** False when nothing is left to do, or the lease was lost. */
function buildBatch(context: Context, build: ClaimedBuild): Promise<boolean> {
  const { environmentId } = build;
  return context.db.transaction(async (tx) => {
    if (!(await extendLease(tx, leaseOfBuild(build), context.now() + LEASE_MS))) return false;
    const users = await lockNextUsers(tx, environmentId, BATCH_SIZE);
    const last = users.at(-1);
    if (last === undefined) {
      await endBuild(tx, environmentId);
      context.log.info({ environmentId }, "search: every user is in the index");
      return false;
    }
    await saveSearchNames(inPrisma(tx), environmentId, users);
    await advanceBuild(tx, environmentId, last.userId, users.length);
    return true;
  });
}
