import { describe, expect, test } from "vitest";
import type { Bus, BusListener } from "@/lib/bus/bus";
import { openDatabase } from "@/lib/db/database";
import { createTestApp, testContext } from "@/test/support/context";
import { environmentDirectory } from "./environment-directory";

const context = testContext();

/** A directory on a pool of its own, whose queries are counted and whose bus the test works by hand. */
async function observed(work: (tools: ReturnType<typeof toolsOf>) => Promise<void>) {
  const db = openDatabase({ url: context().url, poolSize: 2 });
  try {
    await work(toolsOf(db));
  } finally {
    await db.close();
  }
}

function toolsOf(db: ReturnType<typeof openDatabase>) {
  const listeners = new Set<BusListener>();
  const gaps = new Set<() => void>();
  const state = { connected: true, queries: 0 };
  const bus: Bus = {
    publishWithCommit: () => ({ write: { statement: { name: "", text: "SELECT 1" }, values: [] }, published() {} }),
    publish: async () => {},
    publishToOthers: async () => {},
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onGap: (listener) => {
      gaps.add(listener);
      return () => gaps.delete(listener);
    },
    connected: () => state.connected,
    close: async () => {},
  };
  const prisma = db.prisma.$extends({
    query: {
      environment: {
        findMany: ({ args, query }) => {
          state.queries += 1;
          return query(args);
        },
      },
    },
  });
  const directory = environmentDirectory({
    ...context(),
    bus,
    db: { ...db, prisma: prisma as unknown as typeof db.prisma },
  });
  return {
    state,
    directory,
    changed: (environmentId: number) => {
      for (const listener of listeners) listener({ type: "environment.changed", environmentId });
    },
    gap: () => {
      for (const listener of gaps) listener();
    },
  };
}

describe("the environment directory", () => {
  test("reads an environment once, opens its secret, and reads again after it changed", () =>
    observed(async ({ directory, state, changed }) => {
      const { production } = await createTestApp(context());
      const key = production.ref.appKey;
      const found = await Promise.all(Array.from({ length: 20 }, () => directory.find(key)));
      expect(found[7]).toMatchObject({ ref: production.ref, appSecret: production.appSecret });
      await directory.find(key);
      expect(state.queries).toBe(1);
      changed(production.ref.id + 1);
      await directory.find(key);
      expect(state.queries).toBe(1);
      changed(production.ref.id);
      await directory.find(key);
      expect(state.queries).toBe(2);
    }));

  test("forgets all when events may have been missed, and keeps nothing while the bus is away", () =>
    observed(async ({ directory, state, gap }) => {
      const { production } = await createTestApp(context());
      await directory.find(production.ref.appKey);
      state.connected = false;
      gap();
      await directory.find(production.ref.appKey);
      await directory.find(production.ref.appKey);
      expect(state.queries).toBe(3);
    }));

  test("a look-up that began before a change is not kept", () =>
    observed(async ({ directory, state, changed }) => {
      const { production } = await createTestApp(context());
      const reading = directory.find(production.ref.appKey);
      await new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
      changed(production.ref.id);
      await reading;
      await directory.find(production.ref.appKey);
      expect(state.queries).toBe(2);
    }));

  test("unknown App Keys are remembered briefly, and a flood of them shares few statements", () =>
    observed(async ({ directory, state }) => {
      const flood = await Promise.all(Array.from({ length: 1_000 }, (_, index) => directory.find(`invented-${index}`)));
      expect(flood.every((entry) => entry === null)).toBe(true);
      expect(state.queries).toBeLessThanOrEqual(11);
      const before = state.queries;
      await directory.find("invented-999");
      await directory.find("x".repeat(100));
      expect(state.queries).toBe(before);
      context().advance(3_000);
      await directory.find("invented-999");
      expect(state.queries).toBe(before + 1);
    }));
});
