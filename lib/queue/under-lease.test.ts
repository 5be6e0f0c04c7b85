import pino from "pino";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Database, openDatabase } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { type CuttableProxy, cuttableProxy } from "@/test/support/cuttable-proxy";
import { testDatabase } from "@/test/support/database";
import { extendLease, LEASE_MS, type Lease, releaseLease } from "./lease-store";
import { underLease } from "./under-lease";

/** Leases on one row, by a way to the database that a test makes silent; what is asked of the row takes another way. */

const databaseUrl = testDatabase();
const HEARTBEAT_MS = 20;
const ROW = { table: Prisma.sql`webhook_runs`, row: Prisma.sql`environment_id = 1` };

let admin: Database;
let proxy: CuttableProxy;
let db: Database;
let offset = 0;
const now = () => Date.now() + offset;
const options = () => ({ db: db.prisma, log: pino({ level: "silent" }), now, heartbeatMs: HEARTBEAT_MS });

beforeAll(async () => {
  const url = new URL(databaseUrl());
  admin = openDatabase({ url: url.href, poolSize: 2 });
  proxy = await cuttableProxy(url.hostname, Number(url.port));
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  db = openDatabase({ url: url.href, poolSize: 2, statementTimeoutMs: 1_000 });
});
beforeEach(async () => {
  offset = 0;
  await admin.prisma.webhookRun.deleteMany();
});
afterAll(async () => {
  await db.close();
  await proxy.close();
  await admin.close();
});

/** As a claim does. */
async function claimedBy(holder: string): Promise<Lease> {
  const lease = { leaseHolder: holder, leaseUntil: new Date(now() + LEASE_MS) };
  const where = { environmentId: 1 };
  await admin.prisma.webhookRun.upsert({ where, create: { ...where, ...lease }, update: lease });
  return { ...ROW, holder };
}

const stored = () => admin.prisma.webhookRun.findUniqueOrThrow({ where: { environmentId: 1 } });
const aborted = (signal: AbortSignal) =>
  signal.aborted ? Promise.resolve() : new Promise((resolve) => signal.addEventListener("abort", resolve));

test("a heartbeat extends the lease for as long as the work takes; then the row is given back", async () => {
  const lease = await claimedBy("one");
  const result = await underLease(lease, options(), async (lost) => {
    for (let beat = 0; beat < 3; beat++) {
      // Each time most of the lease has passed.
      offset += LEASE_MS / 2;
      await expect
        .poll(async () => (await stored()).leaseUntil?.getTime(), { timeout: 5_000 })
        .toBeGreaterThan(Date.now() + offset + LEASE_MS * 0.75);
    }
    expect(lost.aborted).toBe(false);
    return "done";
  });
  expect(result).toBe("done");
  expect(await stored()).toMatchObject({ leaseUntil: null });
});

test("the row is given back when the work fails", async () => {
  const work = underLease(await claimedBy("one"), options(), async () => {
    throw new Error("it failed");
  });
  await expect(work).rejects.toThrow("it failed");
  expect(await stored()).toMatchObject({ leaseUntil: null });
});

test("a holder learns that another has the row, and leaves it to that one", async () => {
  await underLease(await claimedBy("one"), options(), async (lost) => {
    await claimedBy("two");
    await aborted(lost);
  });
  const { leaseHolder, leaseUntil } = await stored();
  expect(leaseHolder).toBe("two");
  expect(leaseUntil?.getTime()).toBeGreaterThan(now());
});

test("what was given back or lost cannot be extended, and is not given back again", async () => {
  const lease = await claimedBy("one");
  await releaseLease(admin.prisma, lease);
  expect(await extendLease(admin.prisma, lease, now() + LEASE_MS)).toBe(false);
  await claimedBy("two");
  expect(await extendLease(admin.prisma, lease, now() + LEASE_MS)).toBe(false);
  await releaseLease(admin.prisma, lease);
  expect((await stored()).leaseUntil).not.toBeNull();
});

test.each(["freeze", "cut"] as const)(
  "without a database the lease counts as lost when it has run out (%s)",
  async (loss) => {
    try {
      await underLease(await claimedBy("one"), options(), async (lost) => {
        proxy[loss]();
        offset += LEASE_MS - 5_000;
        expect(lost.aborted).toBe(false);
        offset += 6_000;
        await aborted(lost);
      });
    } finally {
      proxy.mend();
    }
    // What could not be given back runs out.
    expect((await stored()).leaseUntil?.getTime()).toBeLessThan(now());
  },
);
