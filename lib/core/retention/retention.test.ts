import { beforeEach, describe, expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import { sealAll } from "@/test/support/sealing";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { checkEveryLog } from "../audit/check-log";
import { verifyChain } from "../audit/verify-chain";
import { banUsers } from "../bans/ban-users";
import type { Context } from "../context";
import { changeRetention, readRetention } from "./change-retention";
import { removeOld } from "./remove-old";
import type { Retention } from "./schema";

const context = testContext();
const DAY_MS = 86_400_000;

const keep = async (rules: Partial<Retention>) =>
  changeRetention(context(), await createTestOperator(context(), "owner"), {
    auditDays: null,
    banDays: null,
    ...rules,
  });

beforeEach(() => keep({}));

/** Three users who were banned for a minute forty days ago, and a fourth today. The database looks at real time, so today is the real one. */
async function banned({ days = 40 }: { days?: number } = {}): Promise<EnvironmentRef> {
  const { ref } = (await createTestApp(context())).development;
  await insertTestUsers(
    context(),
    ref,
    ["a", "b", "c", "d"].map((userId) => ({ userId })),
  );
  context().advance(-days * DAY_MS);
  await banUsers(context(), appServerOf(ref), { userIds: ["a", "b", "c"], durationMinutes: 1 });
  await sealAll(context(), ref.id);
  context().advance(40 * DAY_MS);
  await banUsers(context(), appServerOf(ref), { userIds: ["d"], durationMinutes: 1 });
  await sealAll(context(), ref.id);
  return ref;
}

const entries = async ({ id }: EnvironmentRef) => {
  const found = await context().db.prisma.auditEntry.findMany({ where: { environmentId: id }, orderBy: { id: "asc" } });
  return found.map(({ action, targetId, after }) => ({ action, targetId, after: after as Record<string, unknown> }));
};

describe("audit entries", () => {
  test("stay for ever unless an owner says otherwise", async () => {
    const ref = await banned();
    await removeOld(context());
    expect(await entries(ref)).toHaveLength(4);
  });

  test("that are older than the rule go, an entry and a seal say so, and what is left is still found to be whole", async () => {
    const ref = await banned();
    await keep({ auditDays: 30 });
    await removeOld(context());
    expect(await entries(ref)).toEqual([
      expect.objectContaining({ action: "user.banned", targetId: "d" }),
      {
        action: "audit.entries_removed",
        targetId: "retention",
        after: { entries: 3, upTo: expect.stringMatching(/Z$/), seal: 1, days: 30 },
      },
    ]);
    await sealAll(context(), ref.id);
    expect(await verifyChain(context(), ref.id)).toMatchObject({
      misfits: [],
      whole: true,
      removedThrough: 1,
      entries: 2,
    });
    expect((await checkEveryLog(context())).misfits).toEqual([]);
    await context().owner.query("DELETE FROM audit_entries WHERE environment_id = $1 AND target_id = 'd'", [ref.id]);
    expect((await verifyChain(context(), ref.id)).misfits).toMatchObject([{ kind: "missing", seal: 2 }]);
  });

  test("go once a day at most, and the removals before go in their turn", async () => {
    const ref = await banned({ days: 72 });
    await keep({ auditDays: 30 });
    for (let round = 0; round < 3; round += 1) await removeOld(context());
    expect(await entries(ref)).toHaveLength(2);
    await sealAll(context(), ref.id);
    context().advance(30 * DAY_MS + DAY_MS / 2);
    await removeOld(context());
    expect(await entries(ref)).toHaveLength(2);
    context().advance(DAY_MS + DAY_MS / 2);
    await removeOld(context());
    expect((await entries(ref)).map(({ after }) => after.entries)).toEqual([2]);
    await sealAll(context(), ref.id);
    const check = await verifyChain(context(), ref.id);
    expect(check).toMatchObject({ misfits: [], removedThrough: 4 });
    expect((await checkEveryLog(context())).misfits).toEqual([]);
  });

  test("are whole in between when the process dies in the middle, and another goes on, even when the rule was taken back", async () => {
    const ref = await banned();
    await keep({ auditDays: 30 });
    const { db } = context();
    let asked = 0;
    const dying = new Proxy(db.pool, {
      get: (pool, name) =>
        name === "query"
          ? (statement: { name?: string; values?: unknown[] }) =>
              // The first time is before it says what is to go.
              statement.name === "audit-delete-removed" && statement.values?.[0] === ref.id && ++asked === 2
                ? Promise.reject(new Error("dead"))
                : pool.query(statement as never)
          : Reflect.get(pool, name, pool),
    });
    const died: Context = { ...context(), db: { ...db, pool: dying } };
    await expect(removeOld(died)).rejects.toThrow("dead");
    expect(await entries(ref)).toHaveLength(5);
    expect((await verifyChain(context(), ref.id)).misfits).toEqual([]);
    await keep({});
    await removeOld(context());
    expect(await entries(ref)).toHaveLength(2);
    expect((await verifyChain(context(), ref.id)).misfits).toEqual([]);
    expect((await checkEveryLog(context())).misfits).toEqual([]);
  });
});

describe("bans", () => {
  test("that ended before the rule's time go, with an entry; later and running ones stay", async () => {
    const ref = await banned();
    await banUsers(context(), appServerOf(ref), { userIds: ["a"], durationMinutes: 43_200 });
    await keep({ banDays: 30 });
    await removeOld(context());
    await removeOld(context());
    const left = await context().db.prisma.ban.findMany({ where: { environmentId: ref.id }, orderBy: { id: "asc" } });
    expect(left.map(({ userId }) => userId)).toEqual(["d", "a"]);
    expect((await entries(ref)).filter(({ action }) => action === "bans.history_removed")).toMatchObject([
      { after: { bans: 3, days: 30 } },
    ]);
  });
});

describe("the rule", () => {
  test("is an owner's, audited, and not changed over one that the page did not show", async () => {
    const owner = await createTestOperator(context(), "owner");
    await expect(
      changeRetention(context(), operatorOf("admin", null), { auditDays: 90, banDays: null }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await expect(changeRetention(context(), owner, { auditDays: 29, banDays: null })).rejects.toThrow();
    const seen = { auditDays: null, banDays: null };
    await changeRetention(context(), owner, { auditDays: 90, banDays: 365, seen });
    await expect(changeRetention(context(), owner, { auditDays: 60, banDays: null, seen })).rejects.toMatchObject({
      code: "version_conflict",
    });
    const entry = await context().db.prisma.auditEntry.findFirst({
      where: { action: "audit.retention_changed" },
      orderBy: { id: "desc" },
    });
    expect(entry).toMatchObject({ before: seen, after: { auditDays: 90, banDays: 365 }, actorId: owner.operatorId });
  });

  test("is shown with how much there is, and since when", async () => {
    await banned();
    const { rules, audit, bans } = await readRetention(context(), operatorOf("admin", null));
    expect(rules).toEqual({ auditDays: null, banDays: null });
    expect(audit).toMatchObject({ rows: await context().db.prisma.auditEntry.count(), estimated: false });
    expect(bans).toMatchObject({ rows: await context().db.prisma.ban.count(), oldest: expect.any(Date) });
    expect(audit.bytes).toBeGreaterThan(8_192);
    await expect(readRetention(context(), operatorOf("support", null))).rejects.toMatchObject({ code: "forbidden" });
  });
});
