import type { EnvironmentId, EnvironmentRef, System } from "../actor";
import { findEnvironmentsByIds } from "../apps/environment-store";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { newId } from "../ids";
import { registrationWaveEvent } from "../webhooks/events";
import {
  countBucket,
  findCountedSince,
  findEnvironmentsToWatch,
  findFirstRegistration,
  findLastHour,
  findSameHours,
  isCounted,
  sumCounts,
} from "./registration-count-store";
import { type Group, hourOf, risingFrom, unexplained } from "./registration-hour";
import { BUCKET_MS, bucketOf, COMPARED_DAYS, HOUR_BUCKETS, isOver, judge, WAVE_FLOOR } from "./wave-rule";
import { beginWave, continueWave, findOpenWaves, type NewWave, type StoredWave } from "./wave-store";

const DAY_MS = 86_400_000;
const HOUR_MS = HOUR_BUCKETS * BUCKET_MS;
/** An environment is looked at so often, by whichever process comes first. */
const FRESH_MS = 45_000;
/** A registration is seen so long after its time at most. */
const SETTLED_MS = 30_000;

/**
 * Counts new registrations and begins, continues and ends waves of them. To be called twice a minute, by any number of
 * processes: an environment in which nobody registers costs one look at an index.
 */
export async function watchRegistrations(context: Context): Promise<void> {
  const db = context.db.prisma;
  const now = context.now();
  const bucket = bucketOf(now);
  const since = new Date(bucket - BUCKET_MS);
  const ids = await findEnvironmentsToWatch(db, new Date(now), since, new Date(bucket), FRESH_MS);
  if (ids.length === 0) return;
  const [environments, countedSince] = await Promise.all([findEnvironmentsByIds(db, ids), findCountedSince(db)]);
  for (const environment of environments.values()) {
    // Whoever was registered at the end of the last ten minutes is counted with them once they are over.
    if (!(await isCounted(db, environment.id, since, new Date(bucket + SETTLED_MS)))) {
      await countBucket(db, environment.id, since, new Date(now));
    }
    await countBucket(db, environment.id, new Date(bucket), new Date(now));
    await watchEnvironment(context, environment, knownDays(environment.createdAt, countedSince, bucket));
  }
}

/** Of the days before, those that were counted, or on which the environment did not exist; 1 is yesterday. */
function knownDays(createdAt: Date, countedSince: Date | null, bucket: number): number[] {
  const days = Array.from({ length: COMPARED_DAYS }, (_, index) => index + 1);
  if (countedSince === null || createdAt >= countedSince) return days;
  return days.filter((day) => bucket + BUCKET_MS - HOUR_MS - day * DAY_MS >= countedSince.getTime());
}

async function watchEnvironment(context: Context, environment: EnvironmentRef, days: readonly number[]): Promise<void> {
  const db = context.db.prisma;
  const now = context.now();
  const bucket = new Date(bucketOf(now));
  const [hour, open] = await Promise.all([
    findLastHour(db, environment.id, bucket).then(hourOf),
    findOpenWaves(db, environment.id),
  ]);
  const large = hour.filter(({ count }) => count >= WAVE_FLOOR);
  if (large.length === 0 && open.length === 0) return;
  const before = await findSameHours(db, environment.id, bucket);
  const judged = (group: Pick<Group, "kind" | "key">) =>
    judge(
      days.map((day) =>
        before
          .filter((kept) => kept.day === day && kept.kind === group.kind && kept.key === group.key)
          .reduce((sum, { count }) => sum + count, 0),
      ),
    );

  const running = await continueWaves(context, environment.id, open, hour, (wave) => judged(wave)?.threshold ?? 0);
  const rising = large.filter(({ kind, key }) => !running.some((wave) => wave.kind === kind && wave.key === key));
  const begun: Group[] = hour.filter(({ kind, key }) => running.some((wave) => wave.kind === kind && wave.key === key));
  // What users have in common says more than that they are many: that is told first, and the rest only if it remains many.
  for (const group of rising) {
    const judgement = judged(group);
    if (judgement === null || unexplained(group, begun) < judgement.threshold) continue;
    begun.push(group);
    const from = risingFrom(group, judgement.usual);
    const first = await findFirstRegistration(db, environment.id, group, from);
    await begin(context, environment, {
      kind: group.kind,
      key: group.key,
      since: first,
      lastAt: new Date(now),
      users: await sumCounts(db, environment.id, { kind: group.kind, key: group.key }, from),
      usual: judgement.usual,
      threshold: judgement.threshold,
    });
  }
}

/** Gives the waves that still run. */
async function continueWaves(
  context: Context,
  environmentId: EnvironmentId,
  open: readonly StoredWave[],
  hour: readonly Group[],
  thresholdNow: (wave: StoredWave) => number,
): Promise<StoredWave[]> {
  const db = context.db.prisma;
  const now = new Date(context.now());
  const running: StoredWave[] = [];
  for (const wave of open) {
    const group = hour.find(({ kind, key }) => kind === wave.kind && key === wave.key);
    // What goes on for days becomes the usual.
    if (isOver(group?.count ?? 0, Math.max(wave.threshold, thresholdNow(wave)))) {
      await continueWave(db, environmentId, wave.id, { endedAt: now });
      continue;
    }
    running.push(wave);
    const from = new Date(bucketOf(wave.since.getTime()));
    const users = await sumCounts(db, environmentId, { kind: wave.kind, key: wave.key }, from);
    if (users > wave.users) await continueWave(db, environmentId, wave.id, { users, lastAt: now });
  }
  return running;
}

async function begin(context: Context, environment: EnvironmentRef, wave: NewWave): Promise<void> {
  const actor: System = { kind: "system", source: "job", requestId: newId.request(), ip: "", environment };
  await executeWithPrisma(context, actor, async (_tx, run) => {
    const first = await beginWave(run, environment.id, wave);
    if (!first) return { result: undefined };
    const { kind, key, users, usual, since } = wave;
    const event = registrationWaveEvent({ kind, key, users, usual, since: since.getTime(), time: context.now() });
    return { result: undefined, webhooks: [event] };
  });
}
