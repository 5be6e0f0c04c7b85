import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { onPool } from "@/lib/db/statement";
import { appServerOf, createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { Context } from "../context";
import { publish } from "../publish";
import { webhookSelects } from "../webhooks/selected-events";
import { countConnectionsOf } from "./connection-store";
import { getOnlineStatus } from "./get-online-status";
import { BEAT_MS, createPresenceNode, type PresenceNode } from "./presence-node";
import { insertConnections, insertNode, type StoredConnection } from "./presence-store";
import { DEAD_AFTER_MS } from "./reap-nodes";

const context = testContext();
const nodes: PresenceNode[] = [];
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop();
});

function newNode(clock?: () => number, own: Context = context()): PresenceNode {
  const node = createPresenceNode(own, clock);
  nodes.push(node);
  return node;
}

const connectionOf = (environment: TestEnvironment, userId: string, platform = "Web"): StoredConnection => ({
  environmentId: environment.ref.id,
  userId,
  id: randomUUID(),
  platform,
  sdk: "test/1",
  device: "",
  ip: "192.0.2.1",
  port: 50_000,
  connectedAt: new Date(context().now()),
});

const online = (environment: TestEnvironment, userId: string) =>
  getOnlineStatus(context(), appServerOf(environment.ref), { userId });

const rowsOf = async (environment: TestEnvironment, userId: string) =>
  (await countConnectionsOf(context().db.prisma, environment.ref.id, [userId])).get(userId) ?? 0;

/** A process that has died: its rows are there, its heartbeat is as old as said. */
async function deadNode(connections: readonly StoredConnection[], silentMs: number): Promise<string> {
  const id = randomUUID();
  await insertNode(context().db, id);
  await insertConnections(onPool(context().db.pool), id, connections);
  await context().db.pool.query(
    "UPDATE gateway_nodes SET heartbeat_at = now() - make_interval(secs => $2 / 1000.0) WHERE id = $1::uuid",
    [id, silentMs],
  );
  return id;
}

async function selectEvents(environment: TestEnvironment) {
  const values = {
    url: "https://example.com/hook",
    events: ["user:connection_status"],
    updatedAt: new Date(),
    updatedByName: "Ana",
  };
  const where = { environmentId: environment.ref.id };
  await context().db.prisma.webhook.upsert({ where, create: { ...where, ...values }, update: values });
  await publish(context(), { type: "webhooks.changed", environmentId: environment.ref.id });
  await expect.poll(() => webhookSelects(context(), environment.ref.id, "user:connection_status")).toBe(true);
}

const eventsOf = async (environment: TestEnvironment) =>
  (
    await context().db.prisma.webhookEvent.findMany({
      where: { environmentId: environment.ref.id },
      orderBy: { id: "asc" },
    })
  ).map((event) => event.data as { userId: string; status: string });

/** Beats so steadily and so long that the node may judge others. */
async function beatSteadily(node: PresenceNode, advance: (ms: number) => void): Promise<void> {
  for (let passed = 0; passed <= DEAD_AFTER_MS; passed += BEAT_MS) {
    await node.beat();
    advance(BEAT_MS);
  }
  await node.beat();
}

describe("online status", () => {
  test("holds from the first connection to the end of the last, across processes, in its environment alone", async () => {
    const { production, development } = await createTestApp(context());
    const [one, two] = [newNode(), newNode()];
    const first = connectionOf(production, "alice");
    const second = connectionOf(production, "alice", "iOS");
    await one.add(first);
    await two.add(second);
    expect(await online(production, "alice")).toBe(true);
    expect(await online(development, "alice")).toBe(false);
    expect(await online(production, "nobody")).toBe(false);
    one.remove(first.id, "lost");
    await expect.poll(() => rowsOf(production, "alice")).toBe(1);
    expect(await online(production, "alice")).toBe(true);
    two.remove(second.id, "logout");
    await expect.poll(() => online(production, "alice")).toBe(false);
  });

  test("a connection that ends before its row is written leaves none", async () => {
    const { production } = await createTestApp(context());
    const node = newNode();
    const connections = Array.from({ length: 50 }, () => connectionOf(production, "alice"));
    const adding = connections.map((connection) => node.add(connection));
    for (const { id } of connections) node.remove(id, "lost");
    await Promise.all(adding);
    await node.stop();
    expect(await rowsOf(production, "alice")).toBe(0);
  });

  test("stopping takes the process out", async () => {
    const node = newNode();
    await node.beat();
    const isKnown = () => context().db.prisma.gatewayNode.count({ where: { id: node.id } });
    expect(await isKnown()).toBe(1);
    await node.stop();
    expect(await isKnown()).toBe(0);
  });
});

describe("reaping", () => {
  test("takes a dead process's connections away, and no living one's", async () => {
    const { production } = await createTestApp(context());
    let now = 0;
    const node = newNode(() => now);
    await deadNode([connectionOf(production, "ghost"), connectionOf(production, "both")], DEAD_AFTER_MS + 1_000);
    await deadNode([connectionOf(production, "late")], DEAD_AFTER_MS - 3_000);
    await node.add(connectionOf(production, "both"));
    await beatSteadily(node, (ms) => {
      now += ms;
    });
    expect(await online(production, "ghost")).toBe(false);
    expect(await rowsOf(production, "both")).toBe(1);
    expect(await online(production, "late")).toBe(true);
  });

  test("is left to who has beaten steadily: not to a process that just started or was away itself", async () => {
    const { production } = await createTestApp(context());
    let now = 0;
    const node = newNode(() => now);
    await node.beat();
    await deadNode([connectionOf(production, "ghost")], DEAD_AFTER_MS + 60_000);
    now += DEAD_AFTER_MS + BEAT_MS;
    await node.beat();
    expect(await online(production, "ghost")).toBe(true);
    await beatSteadily(node, (ms) => {
      now += ms;
    });
    expect(await online(production, "ghost")).toBe(false);
  });

  test("of one that lives all the same is mended by its next heartbeat, as is the loss of the tables", async () => {
    const { production } = await createTestApp(context());
    const node = newNode();
    const stays = connectionOf(production, "alice");
    await node.add(stays);
    for (const loss of ["DELETE FROM connections; DELETE FROM gateway_nodes", "TRUNCATE connections, gateway_nodes"]) {
      // The beat that runs by itself at the start has ended: it would mend the loss before it is seen.
      await node.beat();
      await context().owner.query(loss);
      expect(await online(production, "alice")).toBe(false);
      await node.beat();
      expect(await online(production, "alice")).toBe(true);
    }
  });

  test("a connection added after the process was reaped is written all the same", async () => {
    const { production } = await createTestApp(context());
    const node = newNode();
    await node.beat();
    await context().db.pool.query("DELETE FROM gateway_nodes WHERE id = $1::uuid", [node.id]);
    await node.add(connectionOf(production, "alice"));
    expect(await online(production, "alice")).toBe(true);
  });
});

describe("while the database is away", () => {
  test("adding fails, and a removal is made up for later", async () => {
    const { production } = await createTestApp(context());
    const db = openDatabase({ url: context().url, poolSize: 2 });
    let away = false;
    const pool = new Proxy(db.pool, {
      get(target, property) {
        if (away && (property === "query" || property === "connect")) {
          return () => Promise.reject(new Error("the database is away"));
        }
        const value = Reflect.get(target, property) as unknown;
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
    try {
      const node = newNode(undefined, { ...context(), db: { ...db, pool } });
      const connection = connectionOf(production, "alice");
      await node.add(connection);
      away = true;
      await expect(node.add(connectionOf(production, "bob"))).rejects.toThrow("away");
      node.remove(connection.id, "lost");
      await node.beat();
      expect(await online(production, "alice")).toBe(true);
      away = false;
      await node.beat();
      expect(await online(production, "alice")).toBe(false);
      expect(await online(production, "bob")).toBe(false);
      await node.stop();
    } finally {
      await db.close();
    }
  });
});

describe("the webhook", () => {
  test("is told of the first connection, the last one gone and the signing out, and of nothing between", async () => {
    const { production } = await createTestApp(context());
    await selectEvents(production);
    const [one, two] = [newNode(), newNode()];
    const [first, second, third] = ["iOS", "PC", "Web"].map((platform) => connectionOf(production, "alice", platform));
    if (first === undefined || second === undefined || third === undefined) throw new Error("three are needed");
    await one.add(first);
    await two.add(second);
    one.remove(first.id, "logout");
    await expect.poll(() => rowsOf(production, "alice")).toBe(1);
    two.remove(second.id, "lost");
    await expect.poll(() => rowsOf(production, "alice")).toBe(0);
    await one.add(third);
    one.remove(third.id, "logout");
    await expect.poll(async () => (await eventsOf(production)).length).toBe(4);
    expect(await eventsOf(production)).toMatchObject([
      { userId: "alice", status: "0", os: "iOS", sessionId: first.id, connectionId: first.id },
      { userId: "alice", status: "1", sessionId: second.id, connectionId: second.id },
      { userId: "alice", status: "0", os: "Websocket" },
      { userId: "alice", status: "2" },
    ]);
    const events = await eventsOf(production);
    expect(events.map((event) => "os" in event)).toEqual([true, false, true, false]);
    for (const event of events) expect(event).toMatchObject({ clientIp: "192.0.2.1:50000" });
  });

  test("is told that the users of a dead process went offline, except those who are connected elsewhere", async () => {
    const { production } = await createTestApp(context());
    await selectEvents(production);
    let now = 0;
    const node = newNode(() => now);
    await deadNode([connectionOf(production, "ghost"), connectionOf(production, "both")], DEAD_AFTER_MS + 1_000);
    await node.add(connectionOf(production, "both"));
    await beatSteadily(node, (ms) => {
      now += ms;
    });
    expect(await eventsOf(production)).toMatchObject([{ userId: "ghost", status: "1" }]);
  });

  test("property: whatever comes and goes on three processes at once, events alternate and end as things are", async () => {
    const { production } = await createTestApp(context());
    await selectEvents(production);
    const step = fc.record({ node: fc.nat(2), user: fc.nat(3), add: fc.boolean(), wait: fc.nat(2) });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
        run += 1;
        const processes = [newNode(), newNode(), newNode()];
        const live: { node: PresenceNode; connection: StoredConnection }[] = [];
        const adding: Promise<void>[] = [];
        for (const { node, user, add, wait } of steps) {
          const process = processes[node] as PresenceNode;
          if (add) {
            const connection = connectionOf(production, `run${run}-${user}`);
            live.push({ node: process, connection });
            adding.push(process.add(connection));
          } else {
            const [ended] = live.splice(user % Math.max(live.length, 1), 1);
            ended?.node.remove(ended.connection.id, "lost");
          }
          for (let turn = 0; turn < wait; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        }
        await Promise.all(adding);
        const remaining = new Map<string, number>();
        for (const { connection } of live)
          remaining.set(connection.userId, (remaining.get(connection.userId) ?? 0) + 1);
        const users = [0, 1, 2, 3].map((user) => `run${run}-${user}`);
        for (const user of users) await expect.poll(() => rowsOf(production, user)).toBe(remaining.get(user) ?? 0);
        const events = await eventsOf(production);
        for (const user of users) {
          const statuses = events.filter(({ userId }) => userId === user).map(({ status }) => status);
          expect(statuses).toEqual(statuses.map((_, index) => String(index % 2)));
          expect(statuses.length % 2).toBe(remaining.has(user) ? 1 : 0);
        }
        for (const { node, connection } of live) node.remove(connection.id, "lost");
        for (const node of processes) await node.stop();
      }),
      { numRuns: 25 },
    );
  }, 60_000);
});

describe("last seen", () => {
  test("moves at connect, while connected and at the end, never back, and leaves soft-deleted users alone", async () => {
    const { production } = await createTestApp(context());
    const future = context().now() + 3_600_000;
    await insertTestUsers(context(), production.ref, [
      { userId: "alice" },
      { userId: "ahead", lastSeenAt: future },
      { userId: "gone", softDeletedAt: context().now() },
    ]);
    const seen = async (userId: string) =>
      (
        await context().db.prisma.user.findUniqueOrThrow({
          where: { environmentId_userId: { environmentId: production.ref.id, userId } },
        })
      ).lastSeenAt?.getTime() ?? null;
    const node = newNode();
    const began = context().now();
    const connections = ["alice", "ahead", "gone"].map((userId) => connectionOf(production, userId));
    await Promise.all(connections.map((connection) => node.add(connection)));
    await node.beat();
    const atConnect = (await seen("alice")) ?? 0;
    expect(atConnect).toBeGreaterThanOrEqual(began);
    expect(await seen("ahead")).toBe(future);
    expect(await seen("gone")).toBeNull();
    context().advance(60_000);
    await node.beat();
    expect(await seen("alice")).toBe(atConnect);
    context().advance(300_000);
    await node.beat();
    const later = (await seen("alice")) ?? 0;
    expect(later).toBeGreaterThanOrEqual(atConnect + 360_000);
    context().advance(10_000);
    node.remove(connections[0]?.id ?? "", "lost");
    await node.beat();
    expect(await seen("alice")).toBeGreaterThanOrEqual(later + 10_000);
  });
});
