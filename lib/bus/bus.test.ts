import pg from "pg";
import pino from "pino";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { runWrites } from "@/lib/db/statement";
import { transactionEndingIn, transactionOn } from "@/lib/db/transaction";
import { type CuttableProxy, cuttableProxy } from "@/test/support/cuttable-proxy";
import { testDatabase } from "@/test/support/database";
import { hasRedis, type RedisServer, startRedis } from "@/test/support/redis";
import type { Bus, BusEvent, Publishing } from "./bus";
import { connectPostgresBus } from "./postgres-bus";
import { connectRedisBus } from "./redis-bus";

/** What every bus must do, on real servers; each bus reaches its server through a proxy that the test cuts. */

const log = pino({ level: "silent" });
const databaseUrl = testDatabase();
const PULSE_MS = 300;

interface Carrier {
  readonly proxy: CuttableProxy;
  /** One more process on the same bus. Closed after the test. */
  join(): Promise<Bus>;
}

const buses: Bus[] = [];
const pools: pg.Pool[] = [];
const proxies: CuttableProxy[] = [];

async function postgres(): Promise<Carrier> {
  const url = new URL(databaseUrl());
  const proxy = await cuttableProxy(url.hostname, Number(url.port));
  proxies.push(proxy);
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  return {
    proxy,
    async join() {
      const pool = new pg.Pool({ connectionString: url.href, max: 2, connectionTimeoutMillis: 1_000 });
      pool.on("error", () => {});
      pools.push(pool);
      const bus = await connectPostgresBus({ url: url.href, pool, log, pulseMs: PULSE_MS });
      buses.push(bus);
      return bus;
    },
  };
}

let server: RedisServer | undefined;
let channels = 0;
beforeAll(async () => {
  if (hasRedis) server = await startRedis();
});
afterAll(() => server?.close());

async function redis(): Promise<Carrier> {
  const proxy = await cuttableProxy("127.0.0.1", server?.port ?? 0);
  proxies.push(proxy);
  channels += 1;
  const channel = `test-${channels}`;
  return {
    proxy,
    async join() {
      const pool = await database();
      const bus = await connectRedisBus({
        url: `redis://127.0.0.1:${proxy.port}`,
        channel,
        pool,
        log,
        pulseMs: PULSE_MS,
      });
      buses.push(bus);
      return bus;
    },
  };
}

afterEach(async () => {
  for (const proxy of proxies) proxy.mend();
  await Promise.all(buses.splice(0).map((bus) => bus.close()));
  await Promise.all(pools.splice(0).map((pool) => pool.end()));
  await Promise.all(proxies.splice(0).map((proxy) => proxy.close()));
});

async function database(): Promise<pg.Pool> {
  const pool = new pg.Pool({ connectionString: databaseUrl(), max: 2, pipeline: true });
  pools.push(pool);
  return pool;
}

const changed = (environmentId: number): BusEvent => ({ type: "settings.changed", environmentId });

async function commitWith(pool: pg.Pool, { write, published }: Publishing): Promise<void> {
  await transactionEndingIn(pool, async () => ({ result: undefined, writes: [write] }));
  published();
}

function heardBy(bus: Bus): BusEvent[] {
  const heard: BusEvent[] = [];
  bus.subscribe((event) => heard.push(event));
  return heard;
}

describe.each([
  { name: "PostgreSQL", carrier: postgres, skipped: false },
  { name: "Redis", carrier: redis, skipped: !hasRedis },
])("the bus over $name", ({ carrier, skipped }) => {
  test.skipIf(skipped)("tells every process, the publisher too, in the publisher's order", async () => {
    const { join } = await carrier();
    const [one, two] = [await join(), await join()];
    const heard = [heardBy(one), heardBy(two)];
    const sent = Array.from({ length: 50 }, (_, n) => changed(n));
    for (const event of sent) await one.publish(event);
    for (const told of heard) await expect.poll(() => told).toEqual(sent);
  });

  test.skipIf(skipped)("tells only the others where that is asked, whatever the size", async () => {
    const { join } = await carrier();
    const [one, two] = [await join(), await join()];
    const [own, others] = [heardBy(one), heardBy(two)];
    const large: BusEvent = { type: "users.banned", environmentId: 1, userIds: [`é${"x".repeat(100_000)}`] };
    await one.publishToOthers(large);
    await one.publish(changed(2));
    await expect.poll(() => others).toEqual([large, changed(2)]);
    await expect.poll(() => own).toEqual([changed(2)]);
  });

  test.skipIf(skipped)("tells with the commit, of any size and in order, and not after a rollback", async () => {
    const { join } = await carrier();
    const [one, two] = [await join(), await join()];
    const heard = [heardBy(one), heardBy(two)];
    const pool = await database();
    const userIds = Array.from({ length: 1_000 }, (_, n) => `${"u".repeat(58)}-${n}`);
    const sent: BusEvent[] = [changed(1), { type: "users.banned", environmentId: 2, userIds }, changed(3)];
    await expect(
      transactionOn(pool, async (run) => {
        await runWrites(run, [one.publishWithCommit([changed(0)]).write]);
        throw new Error("rolled back");
      }),
    ).rejects.toThrow("rolled back");
    await commitWith(pool, one.publishWithCommit(sent));
    for (const told of heard) {
      await expect.poll(() => told).toContainEqual(changed(3));
      expect(told[0]).toEqual(changed(1));
      expect(told.flatMap((event) => (event.type === "users.banned" ? event.userIds : []))).toEqual(userIds);
    }
  });

  test.skipIf(skipped)("tells within two seconds of a process that ended between commit and telling", async () => {
    const { join } = await carrier();
    const [dying, other] = [await join(), await join()];
    const heard = heardBy(other);
    const { write } = dying.publishWithCommit([changed(1)]);
    await transactionOn(await database(), (run) => runWrites(run, [write]));
    await dying.close();
    await expect.poll(() => heard, { timeout: 2_000 }).toEqual([changed(1)]);
  });

  test.skipIf(skipped)("tells of a thousand users, in however many events", async () => {
    const { join } = await carrier();
    const bus = await join();
    const heard = heardBy(bus);
    const userIds = Array.from({ length: 1_000 }, (_, n) => `${"u".repeat(58)}-${n}`);
    await bus.publish({ type: "users.banned", environmentId: 7, userIds });
    const told = () => heard.flatMap((event) => (event.type === "users.banned" ? event.userIds : []));
    await expect.poll(() => told().length).toBe(1_000);
    expect(told()).toEqual(userIds);
  });

  test.skipIf(skipped)(
    "a listener that throws keeps nobody from hearing, one that has gone hears nothing",
    async () => {
      const { join } = await carrier();
      const bus = await join();
      bus.subscribe(() => {
        throw new Error("a bad listener");
      });
      const gone: BusEvent[] = [];
      bus.subscribe((event) => gone.push(event))();
      const heard = heardBy(bus);
      await bus.publish(changed(1));
      await expect.poll(() => heard).toEqual([changed(1)]);
      expect(gone).toEqual([]);
    },
  );

  test.skipIf(skipped)(
    "says at once that it is lost, refuses to publish, and says when it is back",
    { timeout: 30_000 },
    async () => {
      const { join, proxy } = await carrier();
      const bus = await join();
      const heard = heardBy(bus);
      const gaps: boolean[] = [];
      bus.onGap(() => gaps.push(bus.connected()));
      proxy.cut();
      await expect.poll(() => gaps).toEqual([false]);
      await expect(bus.publish(changed(1))).rejects.toThrow();
      proxy.mend();
      await expect.poll(() => bus.connected(), { timeout: 10_000 }).toBe(true);
      expect(gaps).toEqual([false, true]);
      await expect
        .poll(
          () =>
            bus.publish(changed(2)).then(
              () => true,
              () => false,
            ),
          { timeout: 10_000 },
        )
        .toBe(true);
      await expect.poll(() => heard).toContainEqual(changed(2));
      expect(heard).not.toContainEqual(changed(1));
    },
  );

  test.skipIf(skipped)("notices a network that swallows everything", { timeout: 30_000 }, async () => {
    const { join, proxy } = await carrier();
    const bus = await join();
    proxy.freeze();
    await expect.poll(() => bus.connected(), { timeout: 15_000 }).toBe(false);
    proxy.mend();
    await expect.poll(() => bus.connected(), { timeout: 10_000 }).toBe(true);
  });
});

test.skipIf(!hasRedis)("what could not be published over Redis is published once it can be reached again", async () => {
  const { join, proxy } = await redis();
  const bus = await join();
  const heard = heardBy(bus);
  const pool = await database();
  proxy.cut();
  await expect.poll(() => bus.connected()).toBe(false);
  const events = [1, 2, 3].map(changed);
  for (const event of events) await commitWith(pool, bus.publishWithCommit([event]));
  proxy.mend();
  await expect.poll(() => heard, { timeout: 10_000 }).toEqual(events);
  await expect.poll(async () => (await pool.query("SELECT 1 FROM bus_outbox")).rowCount).toBe(0);
});

test.skipIf(!hasRedis)("installations that share a Redis do not hear each other", async () => {
  const [one, two] = [await redis(), await redis()];
  const here = await one.join();
  const heard = heardBy(await two.join());
  const own = heardBy(here);
  await here.publish(changed(1));
  await expect.poll(() => own).toEqual([changed(1)]);
  expect(heard).toEqual([]);
});
