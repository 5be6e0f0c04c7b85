import pg from "pg";
import { describe, expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { sealAll } from "@/test/support/sealing";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { deleteApp } from "../apps/delete-app";
import { banUsers } from "../bans/ban-users";
import { createSecretBox } from "../secrets";
import { checkEveryLog } from "./check-log";
import { createSealer } from "./seal-entries";
import { type Misfit, verifyChain } from "./verify-chain";

const context = testContext();
const pool = () => context().db.pool;

/** An environment with twelve entries in two seals. */
async function sealed(): Promise<{ ref: EnvironmentRef; ids: string[] }> {
  const { development } = await createTestApp(context());
  const ref = development.ref;
  await insertTestUsers(
    context(),
    ref,
    Array.from({ length: 12 }, (_, n) => ({ userId: `user-${n}` })),
  );
  await ban(ref, 0, 6);
  await sealAll(context(), ref.id);
  await ban(ref, 6, 12);
  await sealAll(context(), ref.id);
  const { rows } = await pool().query<{ id: string }>(
    "SELECT id FROM audit_entries WHERE environment_id = $1 ORDER BY id",
    [ref.id],
  );
  return { ref, ids: rows.map(({ id }) => id) };
}

async function ban(ref: EnvironmentRef, from: number, to: number): Promise<void> {
  const userIds = Array.from({ length: to - from }, (_, n) => `user-${from + n}`);
  await banUsers(context(), appServerOf(ref), { userIds, durationMinutes: 10 });
}

const misfits = async (ref: EnvironmentRef): Promise<Pick<Misfit, "kind" | "entryId" | "seal">[]> =>
  (await verifyChain(context(), ref.id)).misfits.map(({ kind, entryId, seal }) => ({ kind, entryId, seal }));

/** What somebody does who has the tables' own rights; the product has fewer (lib/db/runtime-role.test.ts). */
const attack = (text: string, values: unknown[] = []) => context().owner.query(text, values);

describe("sealed audit entries", () => {
  test("fit, whoever looks, and are named by how many, up to when and up to which hash", async () => {
    const { ref } = await sealed();
    const check = await verifyChain(context(), ref.id);
    expect(check).toMatchObject({ entries: 12, misfits: [], whole: true, waiting: 0, removedThrough: 0 });
    expect(check.head).toEqual({ sequence: 2, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(await verifyChain(context(), ref.id)).toEqual(check);
  });

  test.each([
    ["actor_name = 'Nobody'"],
    ["after = '{\"minutes\": 1}'"],
    ["before = '{}'"],
    ["at = at - interval '1 millisecond'"],
    ["environment_at = at"],
    ["result = 'forbidden'"],
    ["ip = '203.0.113.1'"],
    ["target_id = 'user-9'"],
  ])("show that an entry was changed: %s", async (change) => {
    const { ref, ids } = await sealed();
    await attack(`UPDATE audit_entries SET ${change} WHERE environment_id = $1 AND id = $2`, [ref.id, ids[3]]);
    expect(await misfits(ref)).toEqual([{ kind: "changed", entryId: ids[3], seal: 1 }]);
  });

  test("show which entries were deleted, in the middle and at the end", async () => {
    const { ref, ids } = await sealed();
    await attack("DELETE FROM audit_entries WHERE environment_id = $1 AND id = ANY($2)", [ref.id, [ids[2], ids[11]]]);
    expect(await misfits(ref)).toEqual([
      { kind: "missing", entryId: ids[11], seal: 2 },
      { kind: "missing", entryId: ids[2], seal: 1 },
    ]);
  });

  test("show an entry that was inserted between them, also after more was sealed", async () => {
    const { ref, ids } = await sealed();
    await attack(
      `INSERT INTO audit_entries SELECT (jsonb_populate_record(e, '{"id": -5}')).* FROM audit_entries AS e WHERE environment_id = $1 AND id = $2`,
      [ref.id, ids[0]],
    );
    const inserted = { kind: "inserted", entryId: "-5", seal: 1 };
    expect(await misfits(ref)).toEqual([inserted]);
    await ban(ref, 0, 1);
    await sealAll(context(), ref.id);
    expect(await misfits(ref)).toEqual([inserted]);
  });

  test("show two entries that have changed places", async () => {
    const { ref, ids } = await sealed();
    await attack(
      `UPDATE audit_entries AS e SET target_id = other.target_id, at = other.at, request_id = other.request_id
       FROM audit_entries AS other WHERE e.environment_id = $1 AND other.environment_id = $1
         AND (e.id, other.id) IN (($2, $3), ($3, $2))`,
      [ref.id, ids[1], ids[7]],
    );
    expect((await misfits(ref)).map(({ entryId }) => entryId)).toEqual([ids[7], ids[1]]);
  });

  test("show an entry that was moved to another environment, in both", async () => {
    const [one, other] = [await sealed(), await sealed()];
    await attack("UPDATE audit_entries SET environment_id = $1 WHERE environment_id = $2 AND id = $3", [
      other.ref.id,
      one.ref.id,
      one.ids[0],
    ]);
    expect(await misfits(one.ref)).toEqual([{ kind: "missing", entryId: one.ids[0], seal: 1 }]);
    expect(await misfits(other.ref)).toEqual([{ kind: "inserted", entryId: one.ids[0], seal: 1 }]);
  });

  test("show a deleted seal, and a chain whose end was cut off with its entries", async () => {
    const [one, other] = [await sealed(), await sealed()];
    await attack("DELETE FROM audit_seals WHERE environment_id = $1 AND sequence = 1", [one.ref.id]);
    expect(await misfits(one.ref)).toEqual([{ kind: "seal_missing", entryId: null, seal: 1 }]);
    const missing = async () => (await checkEveryLog(context())).misfits.map(({ words }) => words.split(" in ")[0]);
    expect(await missing()).toEqual(["A seal is missing"]);
    await attack("DELETE FROM audit_seals WHERE environment_id = $1 AND sequence = 2", [other.ref.id]);
    await attack("DELETE FROM audit_entries WHERE environment_id = $1 AND id > $2", [other.ref.id, other.ids[5]]);
    expect(await misfits(other.ref)).toEqual([]);
    expect(await missing()).toEqual(["2 seals are missing"]);
    // Sealing goes on, and makes up for nothing.
    await ban(other.ref, 0, 1);
    await sealAll(context(), other.ref.id);
    expect(await missing()).toEqual(["2 seals are missing"]);
  });

  test("show seals that were written anew for changed entries, without the master key", async () => {
    const { ref, ids } = await sealed();
    await attack("UPDATE audit_entries SET actor_name = 'Nobody' WHERE environment_id = $1 AND id = $2", [
      ref.id,
      ids[8],
    ]);
    await attack("DELETE FROM audit_seals WHERE environment_id = $1 AND sequence = 2", [ref.id]);
    await attack("UPDATE audit_chain SET seals = (SELECT max(number) FROM audit_seals), lease_until = NULL");
    const forger = createSealer({ ...context(), secrets: createSecretBox("ff".repeat(32)) });
    await expect
      .poll(async () => {
        await forger.round();
        return (await verifyChain(context(), ref.id)).waiting;
      })
      .toBe(0);
    await forger.end();
    expect(await misfits(ref)).toEqual([{ kind: "seal_changed", entryId: null, seal: 2 }]);
  });

  test("show a seal that says more than it said when it was signed", async () => {
    const { ref } = await sealed();
    await attack("UPDATE audit_seals SET removed_through = 1 WHERE environment_id = $1 AND sequence = 2", [ref.id]);
    expect(await misfits(ref)).toEqual([{ kind: "seal_changed", entryId: null, seal: 2 }]);
    await attack(
      "UPDATE audit_seals SET removed_through = NULL, through_id = through_id + 1000000 WHERE environment_id = $1 AND sequence = 2",
      [ref.id],
    );
    expect(await misfits(ref)).toMatchObject([{ kind: "seal_changed", seal: 2 }]);
  });
});

describe("sealing", () => {
  test("waits for a transaction that took its ids before others committed, and loses nothing", async () => {
    const { ref } = await sealed();
    const late = new pg.Client({ connectionString: context().url });
    await late.connect();
    let id: string | undefined;
    try {
      await late.query("BEGIN");
      const { rows } = await late.query<{ id: string }>(
        `INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, request_id, source)
       VALUES ($1, now(), 'system', 'cli', 'Command line', 'user.banned', 'user', 'late', 'r', 'cli') RETURNING id`,
        [ref.id],
      );
      id = rows[0]?.id;
      await ban(ref, 0, 3);
      const sealer = createSealer(context());
      for (let round = 0; round < 4; round += 1) await sealer.round();
      await sealer.end();
      expect(await verifyChain(context(), ref.id)).toMatchObject({ entries: 12, waiting: 3, misfits: [] });
      await late.query("COMMIT");
    } finally {
      await late.end();
    }
    await sealAll(context(), ref.id);
    const check = await verifyChain(context(), ref.id);
    expect(check).toMatchObject({ entries: 16, waiting: 0, misfits: [] });
    const seals = await context().db.prisma.auditSeal.findMany({
      where: { environmentId: ref.id, sequence: { gt: 2 } },
    });
    expect(seals.flatMap(({ entryIds }) => entryIds.map(String))).toContain(id);
  });

  test("is one process's, and another's when that one has been silent", async () => {
    const { ref } = await sealed();
    const [one, other] = [createSealer(context()), createSealer(context())];
    await one.round();
    await ban(ref, 0, 2);
    for (let round = 0; round < 3; round += 1)
      expect(await other.round()).toEqual({ mine: false, seals: 0, more: false });
    context().advance(61_000);
    await expect
      .poll(async () => {
        await other.round();
        return (await verifyChain(context(), ref.id)).waiting;
      })
      .toBe(0);
    expect(await one.round()).toEqual({ mine: false, seals: 0, more: false });
    await other.end();
    expect(await misfits(ref)).toEqual([]);
  });

  test("makes several seals of very many entries, and of the entries of a deleted app too", async () => {
    const app = await createTestApp(context());
    const { ref } = app.development;
    await attack(
      `INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, request_id, source)
       SELECT $1, now(), 'system', 'cli', 'Command line', 'user.banned', 'user', n::text, 'r', 'cli' FROM generate_series(1, 1300) AS n`,
      [ref.id],
    );
    await context().db.prisma.app.update({ where: { id: app.appId }, data: { plan: "free" } });
    const owner = operatorOf("owner", null);
    await deleteApp(context(), owner, { appId: app.appId, confirmation: "Test app" });
    await sealAll(context(), ref.id);
    expect(await verifyChain(context(), ref.id)).toMatchObject({ entries: 1300, misfits: [], head: { sequence: 3 } });
    const { logs } = await checkEveryLog(context());
    expect(logs.find(({ environmentId }) => environmentId === ref.id)?.name).toBe(
      `Environment ${ref.id} of a deleted app`,
    );
    expect(logs.find(({ environmentId }) => environmentId === 0)).toMatchObject({ name: "Installation", misfits: [] });
  });

  test("says so when entries wait too long", async () => {
    const { ref } = await sealed();
    context().advance(3_600_000);
    await ban(ref, 0, 2);
    context().advance(3_600_000);
    expect((await verifyChain(context(), ref.id)).misfits.map(({ words }) => words)).toEqual([
      expect.stringMatching(/^2 entries have not been sealed since \d{4}-.*Z: is the service running\?$/),
    ]);
  });
});
