import type { Db } from "@/lib/db/database";
import type { EnvironmentId } from "../actor";
import type { Place } from "../paging/cursor";
import type { TestRunSummary } from "./schema";

export type StoredTestRun = Omit<TestRunSummary, "state" | "users" | "online" | "softDeleted" | "seats">;

const columns = {
  id: true,
  label: true,
  userIdPrefix: true,
  reserved: true,
  startedByKind: true,
  startedByName: true,
  startedAt: true,
  expiresAt: true,
  endedAt: true,
  endedByName: true,
  jobId: true,
} as const;

export function findTestRun(db: Db, environmentId: EnvironmentId, id: string): Promise<StoredTestRun | null> {
  return db.testRun.findUnique({ where: { environmentId_id: { environmentId, id } }, select: columns });
}

export async function insertTestRun(
  db: Db,
  environmentId: EnvironmentId,
  run: Omit<StoredTestRun, "endedAt" | "endedByName" | "jobId"> & { readonly startedById: string },
): Promise<void> {
  await db.testRun.create({ data: { ...run, environmentId } });
}

/** `[started in Unix milliseconds, id]` */
export type TestRunKeys = readonly [number, string];

/** Runs with the latest first; beside a place, nearest first. `now` decides which live. */
export function findTestRuns(
  db: Db,
  environmentId: EnvironmentId,
  { state, now }: { readonly state?: "live" | "over" | undefined; readonly now: Date },
  place: Place<TestRunKeys> | null,
  limit: number,
): Promise<StoredTestRun[]> {
  const upwards = place?.direction === "previous";
  const order = upwards ? "asc" : "desc";
  const beyond = upwards ? "gt" : "lt";
  const [startedAt, id] = place === null ? [] : [new Date(place.keys[0]), place.keys[1]];
  return db.testRun.findMany({
    where: {
      environmentId,
      ...(state === "live" ? { endedAt: null, expiresAt: { gt: now } } : {}),
      AND: [
        state === "over" ? { OR: [{ endedAt: { not: null } }, { expiresAt: { lte: now } }] } : {},
        startedAt === undefined
          ? {}
          : {
              startedAt: { [upwards ? "gte" : "lte"]: startedAt },
              OR: [{ startedAt: { [beyond]: startedAt } }, { startedAt, id: { [beyond]: id } }],
            },
      ],
    },
    select: columns,
    orderBy: [{ startedAt: order }, { id: order }],
    take: limit,
  });
}

export async function updateTestRun(
  db: Db,
  environmentId: EnvironmentId,
  id: string,
  data: {
    readonly expiresAt?: Date;
    readonly reserved?: number;
    readonly endedAt?: Date;
    readonly endedByName?: string | null;
    readonly jobId?: string;
  },
): Promise<void> {
  await db.testRun.update({ where: { environmentId_id: { environmentId, id } }, data });
}

export async function deleteTestRun(db: Db, environmentId: EnvironmentId, id: string): Promise<void> {
  await db.testRun.delete({ where: { environmentId_id: { environmentId, id } } });
}
