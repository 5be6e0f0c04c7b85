import { setTimeout as pause } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Operator } from "@/lib/core/actor";
import { listAuditEntries } from "@/lib/core/audit/list-audit-entries";
import { banUsers } from "@/lib/core/bans/ban-users";
import { countActiveBans, listBans } from "@/lib/core/bans/list-bans";
import type { Context } from "@/lib/core/context";
import { exportList } from "@/lib/core/exports/export-list";
import { listGroups } from "@/lib/core/groups/list-groups";
import { newId } from "@/lib/core/ids";
import { markNewest } from "@/lib/core/newer/newer-lists";
import { countBanned, countNewUsers, countRegistered, getBansEndingSoon } from "@/lib/core/overview/get-overview";
import { readShown } from "@/lib/core/shown/read-shown";
import { listDeletedUsers } from "@/lib/core/soft-delete/list-deleted-users";
import { countUsers } from "@/lib/core/users/count-users";
import { listUsers } from "@/lib/core/users/list-users";
import { listDeliveries } from "@/lib/core/webhooks/list-deliveries";
import { type Database, openDatabase } from "@/lib/db/database";
import { migrate } from "@/lib/db/migrate";
import { openReplica, type Replica } from "@/lib/db/replica";
import { REPLICA_MAX_STALE_MS } from "@/lib/db/replica-watch";
import { inspectReplica } from "@/server/installation/replica";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { type CuttableProxy, cuttableProxy } from "@/test/support/cuttable-proxy";
import { hasDebianPostgres, type OwnCluster, startCluster } from "@/test/support/own-cluster";
import { ownDatabases } from "@/test/support/own-databases";
import { insertTestUsers } from "@/test/support/users";

/** `npm run test:installations`: a primary and its streaming standby, behind a proxy that the tests cut. */

const base = testContext();
const FOLLOWING = { settings: ["wal_level = replica", "max_wal_senders = 5", "hot_standby = on"] };

describe.skipIf(!hasDebianPostgres)("a streaming standby", () => {
  let primary: OwnCluster;
  let standby: OwnCluster;
  let proxy: CuttableProxy;
  let url: string;
  let db: Database;
  let replica: Replica;
  let context: Context;
  let app: Awaited<ReturnType<typeof createTestApp>>;
  beforeAll(async () => {
    primary = await startCluster(FOLLOWING);
  });
  afterAll(() => primary?.stop());
  const { create, run } = ownDatabases(() => primary.url());
  const onStandby = (sql: string) => run(standby.url(databaseName()), sql);
  const databaseName = () => new URL(url).pathname.slice(1);

  beforeEach(async () => {
    url = await create();
    await migrate(url);
    db = openDatabase({ url, poolSize: 4 });
    standby = await startCluster({ follows: primary, ...FOLLOWING });
    proxy = await cuttableProxy("127.0.0.1", standby.port);
    replica = openReplica({
      url: `postgresql://postgres:own@127.0.0.1:${proxy.port}/${databaseName()}`,
      primaryUrl: url,
      primary: db.pool,
      poolSize: 4,
      applicationName: "im-user-service test replica",
      log: base().log,
    });
    context = { ...base(), db, replica };
    app = await createTestApp(context);
    await insertTestUsers(context, app.production.ref, users(0, 300));
    await used();
  });
  afterEach(async () => {
    await replica?.close();
    await db?.close();
    await proxy?.close();
    await standby?.stop();
  });

  const users = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, at) => ({ userId: `user-${String(from + at).padStart(4, "0")}` }));
  const add = (userId: string) => insertTestUsers(context, app.production.ref, [{ userId }]);
  /** A request's actor: somebody new each time, unless named. */
  const somebody = (operatorId: string = newId.operator()): Operator => ({
    ...operatorOf("admin", app.production.ref),
    operatorId,
  });
  const find = async (userId: string, actor = somebody()) => {
    const { rows } = await readShown(context, actor, (shown) => listUsers(shown, actor, { q: userId }));
    return rows.some((row) => row.userId === userId);
  };
  const until = (state: (usable: boolean, reason: string | null) => boolean) =>
    vi.waitFor(
      () => {
        const { usable, reason } = replica.state();
        expect(state(usable, reason), `usable: ${usable}, ${reason}`).toBe(true);
      },
      { timeout: 20_000, interval: 50 },
    );
  const used = () => until((usable) => usable);
  const paused = async () => {
    await used();
    await onStandby("SELECT pg_wal_replay_pause()");
    await vi.waitFor(async () => {
      const { rows } = await onStandby("SELECT pg_get_wal_replay_pause_state() AS state");
      expect(rows[0].state).toBe("paused");
    });
  };

  test("answers what is only shown, and the primary does not: what it has not replayed is missing", async () => {
    await paused();
    await add("late");
    expect(await find("user-0001")).toBe(true);
    expect(await find("late")).toBe(false);
    await onStandby("SELECT pg_wal_replay_resume()");
    await vi.waitFor(async () => expect(await find("late")).toBe(true), { timeout: 10_000 });
  });

  test("that falls behind is left within its bound, and used again once it has caught up", async () => {
    await paused();
    const began = performance.now();
    await add("late");
    expect(await find("late")).toBe(false);
    await vi.waitFor(async () => expect(await find("late")).toBe(true), { timeout: 20_000, interval: 50 });
    expect(performance.now() - began).toBeLessThan(REPLICA_MAX_STALE_MS + 1_000);
    expect(replica.state()).toMatchObject({ usable: false, reason: expect.stringContaining("behind") });
    await onStandby("SELECT pg_wal_replay_resume()");
    await used();
  });

  test("is not asked by whoever has acted: a ban is in the list at once, while others do not see it yet", async () => {
    await paused();
    const actor = somebody();
    await banUsers(context, actor, { userIds: ["user-0007"], durationMinutes: 60, reason: "spam" });
    const bannedFor = async (who: Operator) => {
      const { rows } = await readShown(context, who, (shown) => listBans(shown, who, {}));
      return rows.map((row) => row.userId);
    };
    expect(await bannedFor(somebody(actor.operatorId))).toEqual(["user-0007"]);
    expect(await bannedFor(somebody())).toEqual([]);
  });

  test("answers every list and count without help of the primary, except for who is online", async () => {
    const reads: Record<string, (shown: Context, actor: Operator) => Promise<unknown>> = {
      users: (shown, actor) => listUsers(shown, actor, {}),
      "users found": (shown, actor) => listUsers(shown, actor, { q: "user" }),
      "users by every filter": (shown, actor) =>
        listUsers(shown, actor, { tag: "vip", group: "g", email: "yes", uniqueId: "yes", unseen: "3", run: "r" }),
      "users online": (shown, actor) => listUsers(shown, actor, { presence: "online" }),
      "users counted": (shown, actor) => countUsers(shown, actor, { q: "user" }),
      "users online counted": (shown, actor) => countUsers(shown, actor, { platform: "Web" }),
      bans: (shown, actor) => listBans(shown, actor, { q: "user" }),
      "active bans": (shown, actor) => countActiveBans(shown, actor),
      "deleted users": (shown, actor) => listDeletedUsers(shown, actor, {}),
      groups: (shown, actor) => listGroups(shown, actor, {}),
      "audit log": (shown, actor) => listAuditEntries(shown, actor, { q: "admin" }),
      deliveries: (shown, actor) => listDeliveries(shown, actor, {}),
      registered: countRegistered,
      "new users": countNewUsers,
      banned: countBanned,
      "bans ending": getBansEndingSoon,
      newest: (shown, actor) => markNewest(shown, actor, "users", {}),
    };
    await insertTestUsers(context, app.production.ref, [{ userId: "online", connections: 2 }]);
    for (const [name, read] of Object.entries(reads)) {
      const actor = somebody();
      await used();
      const answer = replica.run((shown) => read({ ...context, db: shown, primary: context }, actor));
      await expect(answer, name).resolves.toBeDefined();
    }
    const { rows } = await readShown(context, somebody(), (shown) =>
      listUsers(shown, somebody(), { presence: "online" }),
    );
    expect(rows).toMatchObject([{ userId: "online", connections: 2 }]);
  });

  test("killed in the middle of an export: the primary goes on, and nobody is missing or there twice", async () => {
    const actor = somebody();
    const { chunks } = await exportList(context, actor, { list: "users", format: "json" });
    let text = "";
    for await (const chunk of chunks) {
      if (text === "") await standby.stop();
      text += chunk;
    }
    const ids = (JSON.parse(text) as { userId: string }[]).map(({ userId }) => userId);
    expect(ids).toHaveLength(300);
    expect(new Set(ids).size).toBe(300);
    await until((usable, reason) => !usable && reason?.includes("does not answer") === true);
    expect(await find("user-0001")).toBe(true);
  });

  test("gone without a word while it is asked: the read is answered by the primary soon", async () => {
    await find("user-0001");
    await used();
    proxy.freeze();
    const began = performance.now();
    expect(await find("user-0002")).toBe(true);
    expect(performance.now() - began).toBeLessThan(6_000);
    proxy.mend();
    await used();
  });

  test("that was promoted is noticed within a second, and refused at the next start", async () => {
    await used();
    await onStandby("SELECT pg_promote()");
    const began = performance.now();
    await until((usable, reason) => !usable && reason?.includes("was made one") === true);
    expect(performance.now() - began).toBeLessThan(2_000);
    const { fault } = await inspectReplica(standby.url(databaseName()), url);
    expect(fault).toMatch(
      /^DATABASE_REPLICA_URL .* leads to no standby: it is the primary, or was made one\. Give the/,
    );
    expect(await find("user-0001")).toBe(true);
  });

  test("whatever else an address leads to is refused with a sentence before a start", async () => {
    const fault = async (replicaUrl: string) => (await inspectReplica(replicaUrl, url)).fault;
    expect(await fault(standby.url(databaseName()))).toBeNull();
    expect(await fault(url)).toMatch(/leads to no standby: it is the primary/);
    expect(await fault(base().url)).toMatch(/leads to another cluster than DATABASE_URL/);
    expect(await fault(standby.url("postgres"))).toMatch(/leads to another database than DATABASE_URL/);
    expect(await fault(`${standby.url(databaseName())}?schema=other`)).toMatch(/names the schema other/);
    await onStandby("SELECT pg_wal_replay_pause()");
    await pause(100);
    await add("late");
    const { note } = await inspectReplica(standby.url(databaseName()), url);
    expect(note).toMatch(/is more than 5 s behind, so the primary answers/);
    await standby.stop();
    expect(await inspectReplica(standby.url(databaseName()), url)).toMatchObject({
      fault: null,
      note: expect.stringMatching(/does not answer, so the primary does: nothing listens there/),
    });
  });
});
