import { describe, expect, test } from "vitest";
import { LEASE_MS, releaseLease } from "@/lib/queue/lease-store";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentId, Operator } from "../actor";
import { startDeletion } from "../deletion/start-deletion";
import { carryOutBatch } from "./carry-out-batch";
import { getJob } from "./get-job";
import { startJobWorker } from "./job-worker";
import { JOB_KIND_WORK } from "./kinds";
import { listJobItems } from "./list-job-items";
import { listRunningJobs } from "./list-running-jobs";
import { retryFailed } from "./retry-failed";
import { runJob } from "./run-job";
import { type ClaimedJob, claimJob, leaseOf } from "./unfinished-job-store";

const context = testContext();

/** A queued job that deletes `count` users of a fresh development environment. */
async function queueJob(count: number) {
  const { development } = await createTestApp(context());
  const environment = development.ref;
  await insertTestUsers(
    context(),
    environment,
    Array.from({ length: count }, (_, n) => ({
      userId: `t-${String(n).padStart(3, "0")}`,
      createdAt: Date.now() - 1_000,
    })),
  );
  const admin = operatorOf("admin", environment);
  const selection = { by: "prefix", prefix: "t-" } as const;
  const { jobId } = await startDeletion(context(), admin, {
    selection,
    phrase: `delete ${count} users`,
    expectedCount: count,
  });
  return { environment, admin, jobId };
}

/** As the worker does that finds the job. */
async function claim(jobId: string): Promise<ClaimedJob> {
  const { prisma } = context().db;
  const { environmentId } = await prisma.job.findFirstOrThrow({ where: { id: jobId } });
  const job = await claimJob(prisma, environmentId as EnvironmentId, context().now());
  if (job?.id !== jobId) throw new Error(`claimed ${job?.id} instead of ${jobId}`);
  return job;
}

const usersLeft = (environmentId: number) => context().db.prisma.user.count({ where: { environmentId } });
const state = async (admin: Operator, jobId: string) => (await getJob(context(), admin, { jobId }))?.state;

async function countersAreTrue(admin: Operator, jobId: string) {
  const job = await getJob(context(), admin, { jobId });
  const counted = await context().db.prisma.jobItem.groupBy({ by: ["state"], where: { jobId }, _count: true });
  const of = (name: string) => counted.find((row) => row.state === name)?._count ?? 0;
  expect({ succeeded: job?.succeeded, failed: job?.failed }).toEqual({
    succeeded: of("succeeded"),
    failed: of("failed"),
  });
}

describe("a worker that dies in the middle", () => {
  test("leaves nothing half done, and another goes on when the lease has run out", async () => {
    const { environment, admin, jobId } = await queueJob(30);
    const heard: string[] = [];
    const stopListening = context().bus.subscribe((event) => {
      if (event.type === "users.deleted" && event.environmentId === environment.id) heard.push(...event.userIds);
    });
    const first = await claim(jobId);
    const batch = await carryOutBatch(context(), JOB_KIND_WORK.delete_test_users, first, 10);
    expect(batch).toMatchObject({ done: 10 });
    // From here on the first worker is silent, as after a kill -9.
    await countersAreTrue(admin, jobId);
    expect(await usersLeft(environment.id)).toBe(20);
    expect(await claimJob(context().db.prisma, environment.id, context().now())).toBeNull();

    context().advance(LEASE_MS + 1);
    const second = await claim(jobId);
    expect(second.takenOver).toBe(true);
    expect(await runJob(context(), second, () => false)).toBeNull();
    expect(await getJob(context(), admin, { jobId })).toMatchObject({ state: "finished", succeeded: 30, failed: 0 });
    await countersAreTrue(admin, jobId);
    expect(await usersLeft(environment.id)).toBe(0);
    // What the dead worker has committed is announced as well.
    await expect.poll(() => new Set(heard).size).toBe(30);
    stopListening();
    const deletions = await context().db.prisma.auditEntry.count({
      where: { environmentId: environment.id, action: "user.deleted" },
    });
    expect(deletions).toBe(30);
  });

  test("changes nothing any more when it comes back after its lease was taken", async () => {
    const { environment, jobId } = await queueJob(10);
    const slow = await claim(jobId);
    context().advance(LEASE_MS + 1);
    const quick = await claim(jobId);
    expect(await carryOutBatch(context(), JOB_KIND_WORK.delete_test_users, slow, 5)).toEqual({
      job: null,
      done: 0,
    });
    expect(await usersLeft(environment.id)).toBe(10);
    await runJob(context(), quick, () => false);
    expect(await usersLeft(environment.id)).toBe(0);
  });

  test("a transaction that does not commit counts nothing", async () => {
    const { environment, admin, jobId } = await queueJob(5);
    const job = await claim(jobId);
    const broken = {
      ...context(),
      db: {
        ...context().db,
        transaction: async <T>(work: (tx: never) => Promise<T>) =>
          context().db.transaction(async (tx) => {
            await work(tx as never);
            throw new Error("killed before the commit");
          }),
      },
    };
    await expect(carryOutBatch(broken, JOB_KIND_WORK.delete_test_users, job, 5)).rejects.toThrow(
      "killed before the commit",
    );
    expect(await usersLeft(environment.id)).toBe(5);
    expect(await getJob(context(), admin, { jobId })).toMatchObject({ succeeded: 0, failed: 0 });
    await runJob(context(), job, () => false);
    expect(await getJob(context(), admin, { jobId })).toMatchObject({ state: "finished", succeeded: 5 });
  });
});

describe("workers of several processes", () => {
  test("share the jobs: each is done once, and every user is deleted once", async () => {
    const jobs = [];
    for (let i = 0; i < 4; i++) jobs.push(await queueJob(40));
    const workers = [1, 2, 3].map(() => startJobWorker(context(), { pollMs: 20 }));
    try {
      for (const { admin, jobId } of jobs) {
        await expect.poll(() => state(admin, jobId), { timeout: 15_000 }).toBe("finished");
      }
    } finally {
      await Promise.all(workers.map((worker) => worker.stop()));
    }
    for (const { environment, admin, jobId } of jobs) {
      expect(await getJob(context(), admin, { jobId })).toMatchObject({ succeeded: 40, failed: 0 });
      const deletions = await context().db.prisma.auditEntry.count({
        where: { environmentId: environment.id, action: "user.deleted" },
      });
      expect(deletions).toBe(40);
      await countersAreTrue(admin, jobId);
    }
  });

  test("an idle worker wakes by the bus, long before its poll", async () => {
    const worker = startJobWorker(context(), { pollMs: 600_000 });
    try {
      const { admin, jobId } = await queueJob(3);
      await expect.poll(() => state(admin, jobId), { timeout: 5_000 }).toBe("finished");
    } finally {
      await worker.stop();
    }
  });

  test("one that is stopped gives its job back at once", async () => {
    const { environment, admin, jobId } = await queueJob(60);
    const job = await claim(jobId);
    let batches = 0;
    const held = await runJob(context(), job, () => ++batches > 1);
    expect(held?.id).toBe(jobId);
    expect(await usersLeft(environment.id)).toBe(35);
    // As startJobWorker does on stop; the clock stands still and yet the next worker may have it.
    if (held !== null) await releaseLease(context().db.prisma, leaseOf(held));
    await runJob(context(), await claim(jobId), () => false);
    expect(await getJob(context(), admin, { jobId })).toMatchObject({ state: "finished", succeeded: 60 });
  });
});

describe("what fails", () => {
  /** Makes the database refuse to delete one user, as a dependency of a later version might. */
  async function protect(environmentId: number, userId: string) {
    await context().owner.query(`
      CREATE OR REPLACE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.environment_id = ${environmentId} AND OLD.user_id = '${userId}' THEN RAISE EXCEPTION 'protected'; END IF;
        RETURN OLD;
      END $$`);
    await context().owner.query(
      "CREATE OR REPLACE TRIGGER refuse_deletion BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION refuse_deletion()",
    );
  }
  const release = () => context().owner.query("DROP TRIGGER refuse_deletion ON users");

  test("one user that cannot be deleted fails alone, is listed, and can be retried", async () => {
    const { environment, admin, jobId } = await queueJob(30);
    await protect(environment.id, "t-007");
    await runJob(context(), await claim(jobId), () => false);
    expect(await getJob(context(), admin, { jobId })).toMatchObject({ state: "finished", succeeded: 29, failed: 1 });
    const failed = await listJobItems(context(), admin, { jobId, state: "failed" });
    expect(failed.rows).toMatchObject([{ targetId: "t-007", errorCode: "internal" }]);
    await countersAreTrue(admin, jobId);

    await release();
    expect(await retryFailed(context(), admin, { jobId })).toEqual({ retried: 1 });
    expect(await getJob(context(), admin, { jobId })).toMatchObject({ state: "queued", succeeded: 29, failed: 0 });
    await runJob(context(), await claim(jobId), () => false);
    expect(await getJob(context(), admin, { jobId })).toMatchObject({ state: "finished", succeeded: 30, failed: 0 });
    expect(await usersLeft(environment.id)).toBe(0);
    expect(await retryFailed(context(), admin, { jobId })).toEqual({ retried: 0 });
  });

  test("a job that somehow names production deletes nobody", async () => {
    const { production } = await createTestApp(context());
    const environmentId = production.ref.id;
    await insertTestUsers(context(), production.ref, [{ userId: "alice", createdAt: Date.now() - 1_000 }]);
    const forged = {
      environmentId,
      id: "job-forged",
      kind: "delete_test_users",
      params: {},
      total: 1,
      createdAt: new Date(),
      createdById: "op",
      createdByName: "Op",
      requestId: "r",
    };
    await context().db.prisma.job.create({
      data: { ...forged, items: { create: [{ position: 1, targetId: "alice" }] } },
    });
    await runJob(context(), await claim("job-forged"), () => false);
    expect(await usersLeft(environmentId)).toBe(1);
    const admin = operatorOf("admin", production.ref);
    expect(await getJob(context(), admin, { jobId: "job-forged" })).toMatchObject({
      state: "finished",
      succeeded: 0,
      failed: 1,
    });
    expect((await listJobItems(context(), admin, { jobId: "job-forged" })).rows).toMatchObject([
      { errorCode: "development_only" },
    ]);
  });
});

describe("reading jobs", () => {
  test("items page forwards and back in their order; other environments see neither job nor items", async () => {
    const { admin, jobId } = await queueJob(60);
    expect(await listRunningJobs(context(), admin)).toMatchObject([{ id: jobId, state: "queued" }]);
    const first = await listJobItems(context(), admin, { jobId, size: 25 });
    const second = await listJobItems(context(), admin, { jobId, size: 25, cursor: first.next ?? undefined });
    const third = await listJobItems(context(), admin, { jobId, size: 25, cursor: second.next ?? undefined });
    const positions = [...first.rows, ...second.rows, ...third.rows].map((item) => item.position);
    expect(positions).toEqual(Array.from({ length: 60 }, (_, n) => n + 1));
    expect(third.next).toBeNull();
    expect(await listJobItems(context(), admin, { jobId, size: 25, cursor: second.previous ?? undefined })).toEqual(
      first,
    );

    const other = operatorOf("owner", (await createTestApp(context())).development.ref);
    expect(await getJob(context(), other, { jobId })).toBeNull();
    expect((await listJobItems(context(), other, { jobId })).rows).toEqual([]);
    expect(await listRunningJobs(context(), other)).toEqual([]);
    await expect(retryFailed(context(), other, { jobId })).rejects.toMatchObject({ code: "not_found" });
    await runJob(context(), await claim(jobId), () => false);
    expect(await listRunningJobs(context(), admin)).toEqual([]);
    expect(await getJob(context(), admin, { jobId })).toMatchObject({ id: jobId, state: "finished" });
  });
});
