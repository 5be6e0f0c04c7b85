import { describe, expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { claimForTest, finishForTest } from "@/test/support/jobs";
import { insertTestUsers } from "@/test/support/users";
import type { Operator } from "../actor";
import { listAuditEntries } from "../audit/list-audit-entries";
import { carryOutBatch } from "../jobs/carry-out-batch";
import { JOB_KIND_WORK } from "../jobs/kinds";
import { listJobItems } from "../jobs/list-job-items";
import { retryFailed } from "../jobs/retry-failed";
import { listUsers } from "../users/list-users";
import { IMPORT_MAX_BYTES } from "./facts";
import { planImport } from "./plan-import";
import { IMPORT_MAX_LINES, type ImportFileInput } from "./schema";
import { startImport } from "./start-import";

/** Users from a file: what the dry run says of each line, and what the job makes of it. */

const context = testContext();
const MAPPING = { userId: "userId", name: "name", avatarUrl: "avatarUrl" };

async function setUp() {
  const { development, production } = await createTestApp(context());
  return {
    ref: development.ref,
    admin: operatorOf("admin", development.ref),
    production: production.ref,
    productionAdmin: operatorOf("admin", production.ref),
  };
}

const plan = (actor: Operator, text: string, more: Partial<ImportFileInput> = {}) =>
  planImport(context(), actor, { text, mapping: null, existing: "skip", ...more });

async function imported(actor: Operator, text: string, existing: "skip" | "update" = "skip") {
  const { jobId } = await startImport(context(), actor, { text, mapping: MAPPING, existing });
  return finishForTest(context(), actor, jobId);
}

const results = async (actor: Operator, jobId: string) =>
  (await listJobItems(context(), actor, { jobId, size: "100" })).rows.map(
    ({ line, targetId, state, errorCode }) =>
      `${line} ${targetId} ${state}${errorCode === null ? "" : ` ${errorCode}`}`,
  );

const stored = async (environmentId: number) =>
  (await context().db.prisma.user.findMany({ where: { environmentId }, orderBy: { userId: "asc" } })).map(
    ({ userId, name, avatarUrl }) => `${userId}: ${name} ${avatarUrl}`.trim(),
  );

describe("the dry run", () => {
  test("says what is new, what exists and what is wrong, with the numbers of the lines", async () => {
    const { ref, admin } = await setUp();
    await insertTestUsers(context(), ref, [
      { userId: "same", name: "Same" },
      { userId: "other", name: "Other" },
      { userId: "gone", name: "", softDeletedAt: Date.now() },
    ]);
    const text = [
      "User ID;Display name;Avatar",
      "new-1;Ana;https://example.com/a.png",
      "",
      '"new-2";"Lind;',
      'Ana";',
      "no spaces;Bob;",
      "nameless;;",
      "same;Same;",
      "other;Another;",
      "gone;Gone;",
      'new-1;"Again" as it is;',
    ].join("\r\n");
    expect(await plan(admin, text)).toMatchObject({
      format: "csv",
      columns: ["User ID", "Display name", "Avatar"],
      mapping: { userId: "User ID", name: "Display name", avatarUrl: "Avatar" },
      lines: 8,
      fresh: 2,
      first: ["new-1", "new-2"],
      known: 1,
      same: 1,
      softDeleted: 1,
      withoutSeat: 0,
      errorCount: 3,
      errors: [
        { line: 6, userId: "no spaces", message: expect.stringContaining("userId: Must consist of letters") },
        { line: 7, userId: "nameless", message: "name: Must not be empty." },
        { line: 11, userId: "new-1", message: "userId: Stands in line 2 already." },
      ],
    });
    expect(await stored(ref.id)).toHaveLength(3);
  });

  test("reads JSON, other columns by a mapping of one's own, and tabs", async () => {
    const { admin } = await setUp();
    const entries = [{ uid: 7, who: "Seven" }, { uid: "eight" }, { uid: "nine", who: null }];
    const mapping = { userId: "uid", name: "who", avatarUrl: "" };
    expect(await plan(admin, JSON.stringify(entries), { mapping })).toMatchObject({
      format: "json",
      columns: ["uid", "who"],
      fresh: 1,
      first: ["7"],
      errors: [{ line: 2 }, { line: 3 }],
    });
    expect(await plan(admin, "\ufeffid\tname\na\tA\n")).toMatchObject({
      fresh: 1,
      mapping: { userId: "id", name: "name" },
    });
    expect(await plan(admin, "foo,bar\n1,2\n")).toMatchObject({
      mapping: { userId: "", name: "" },
      fresh: 0,
      errorCount: 1,
    });
  });

  test.each([
    ["nothing", " \n", "The file is empty."],
    ["broken JSON", '[{"userId": "a"', "This isn’t valid JSON"],
    ["JSON of something else", "[1, 2]", "a list of objects"],
    ["an object", '{"userId":"a"}', "a list of objects"],
    ["a quote that is not closed", 'userId,name\na,Ana\n"b","Bob\n', "opening quote at line 3"],
    ["too many bytes", `userId,name\n${"x".repeat(IMPORT_MAX_BYTES)}`, "5 MB"],
    ["too many lines", `userId,name\n${"a,b\n".repeat(IMPORT_MAX_LINES + 1)}`, "100,000 users"],
  ])("refuses %s, and says why", async (_what, text, why) => {
    const { admin } = await setUp();
    await expect(plan(admin, text)).rejects.toThrow(why);
  });

  test("tells how many find no seat in Development, and knows no limit in Production", async () => {
    const { ref, admin, productionAdmin } = await setUp();
    await insertTestUsers(
      context(),
      ref,
      Array.from({ length: 98 }, (_, n) => ({ userId: `seat-${n}` })),
    );
    const text = "userId,name\na,A\nb,B\nc,C\n";
    expect(await plan(admin, text)).toMatchObject({ fresh: 3, withoutSeat: 1 });
    expect(await plan(productionAdmin, text)).toMatchObject({ fresh: 3, withoutSeat: 0 });
  });
});

describe("the job", () => {
  const text =
    "userId,name,avatarUrl\nnew,New,https://x.example/n.png\nknown,Renamed,\nsame,Same,\nbad id,Bad,\ngone,Gone,\n";
  const users = [
    { userId: "known", name: "Known" },
    { userId: "same", name: "Same" },
    { userId: "gone", name: "", softDeletedAt: Date.now() },
  ];

  test("registers who is new and leaves the others as they are; each line has its result", async () => {
    const { ref, admin } = await setUp();
    await insertTestUsers(context(), ref, users);
    const job = await imported(admin, text);
    expect(job).toMatchObject({
      kind: "import_users",
      state: "finished",
      total: 5,
      succeeded: 1,
      skipped: 4,
      failed: 0,
    });
    expect(await results(admin, job.id)).toEqual([
      "2 new succeeded",
      "3 known skipped user_exists",
      "4 same skipped unchanged",
      "5 bad id skipped invalid_line",
      "6 gone skipped user_soft_deleted",
    ]);
    const [, , , bad] = (await listJobItems(context(), admin, { jobId: job.id })).rows;
    expect(bad?.note).toContain("userId: Must consist of letters");
    expect(await stored(ref.id)).toEqual(["gone:", "known: Known", "new: New https://x.example/n.png", "same: Same"]);
    expect((await listUsers(context(), admin, { q: "new" })).rows).toMatchObject([{ userId: "new" }]);
    expect(
      await context().db.prisma.jobItem.count({ where: { jobId: job.id, detail: { not: { equals: null } } } }),
    ).toBe(1);
  });

  test("updates name and avatar when that is asked for, and records before and after", async () => {
    const { ref, admin } = await setUp();
    await insertTestUsers(context(), ref, users);
    const job = await imported(admin, text, "update");
    expect(job).toMatchObject({ succeeded: 2, skipped: 3, failed: 0 });
    expect(await stored(ref.id)).toContain("known: Renamed");
    expect((await listUsers(context(), admin, { q: "renamed" })).rows).toMatchObject([{ userId: "known" }]);
    const { rows } = await listAuditEntries(context(), admin, { action: "user.updated" });
    expect(rows).toMatchObject([
      {
        target: { id: "known" },
        before: { name: "Known" },
        after: { name: "Renamed" },
        source: "job",
        actor: { id: "op-admin" },
      },
    ]);
    expect((await listAuditEntries(context(), admin, { action: "job.started" })).rows).toMatchObject([
      { target: { name: "Import 5 users" }, after: { existing: "update", users: 4 } },
    ]);
  });

  test("never takes more seats than Development has; who found none is retried once there is one", async () => {
    const { ref, admin } = await setUp();
    await insertTestUsers(
      context(),
      ref,
      Array.from({ length: 98 }, (_, n) => ({ userId: `seat-${n}` })),
    );
    const job = await imported(admin, "userId,name,avatarUrl\na,A,\nb,B,\nc,C,\nd,D,\n");
    expect(job).toMatchObject({ succeeded: 2, failed: 2 });
    expect(await context().db.prisma.user.count({ where: { environmentId: ref.id } })).toBe(100);
    await context().db.prisma.user.delete({
      where: { environmentId_userId: { environmentId: ref.id, userId: "seat-1" } },
    });
    await retryFailed(context(), admin, { jobId: job.id });
    expect(await finishForTest(context(), admin, job.id)).toMatchObject({ succeeded: 3, failed: 1 });
    expect(await stored(ref.id)).toContain("c: C");
  });

  test("goes on after a killed worker, and registers each user once", async () => {
    const { production, productionAdmin: admin } = await setUp();
    const lines = Array.from({ length: 600 }, (_, n) => `u${n},User ${n},`);
    const { jobId } = await startImport(context(), admin, {
      text: ["userId,name,avatarUrl", ...lines].join("\n"),
      mapping: MAPPING,
      existing: "skip",
    });
    const job = await claimForTest(context(), jobId);
    await carryOutBatch(context(), JOB_KIND_WORK.import_users, job);
    context().advance(60_000);
    expect(await finishForTest(context(), admin, jobId)).toMatchObject({ total: 600, succeeded: 600, failed: 0 });
    expect(await carryOutBatch(context(), JOB_KIND_WORK.import_users, job)).toEqual({ job: null, done: 0 });
    const entries = await context().db.prisma.auditEntry.count({
      where: { environmentId: production.id, action: "user.registered" },
    });
    expect(entries).toBe(600);
  });

  test("is for whom registering is allowed, and starts nothing without a user", async () => {
    const { ref, admin } = await setUp();
    const input = { text: "userId,name,avatarUrl\na,A,\n", mapping: MAPPING, existing: "skip" } as const;
    for (const actor of [operatorOf("support", ref), appServerOf(ref)]) {
      await expect(planImport(context(), actor, input)).rejects.toMatchObject({ code: "forbidden" });
      await expect(startImport(context(), actor, input)).rejects.toMatchObject({ code: "forbidden" });
    }
    await expect(startImport(context(), admin, { ...input, text: "userId,name\nb c,B\n" })).rejects.toMatchObject({
      code: "invalid_parameter",
    });
    expect(await context().db.prisma.job.count({ where: { environmentId: ref.id } })).toBe(0);
  });
});
