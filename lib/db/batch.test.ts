import { describe, expect, test } from "vitest";
import { createBatch } from "./batch";

const sqlError = (code: string) => Object.assign(new Error(`SQL state ${code}`), { code });

/** A `run` that ends when the test says so, and records what it was given. */
function controlled() {
  const batches: { items: readonly string[]; end(): void }[] = [];
  const run = (items: readonly string[]) =>
    new Promise<string[]>((resolve) => {
      batches.push({ items, end: () => resolve(items.map((item) => item.toUpperCase())) });
    });
  return { batches, run };
}

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

describe("createBatch", () => {
  test("calls of one turn share a batch, each gets its own result", async () => {
    const seen: number[] = [];
    const double = createBatch<number, number>({
      maxItems: 100,
      maxInFlight: 1,
      run: async (items) => {
        seen.push(items.length);
        return items.map((item) => item * 2);
      },
    });
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
    expect(seen).toEqual([3]);
  });

  test("a lone call waits for nobody; later ones gather while it runs, up to the limits", async () => {
    const { batches, run } = controlled();
    const call = createBatch({ run, maxItems: 2, maxInFlight: 1 });
    const first = call("a");
    await turn();
    expect(batches.map((batch) => batch.items)).toEqual([["a"]]);
    const rest = ["b", "c", "d"].map(call);
    await turn();
    expect(batches).toHaveLength(1);
    batches[0]?.end();
    expect(await first).toBe("A");
    await turn();
    expect(batches[1]?.items).toEqual(["b", "c"]);
    batches[1]?.end();
    await turn();
    batches[2]?.end();
    expect(await Promise.all(rest)).toEqual(["B", "C", "D"]);
  });

  test("items that share a key never share a batch, and keep their order", async () => {
    const { batches, run } = controlled();
    const call = createBatch({ run, maxItems: 10, maxInFlight: 1, keysOf: (item: string) => [...item] });
    const all = ["ab", "bc", "c", "d"].map(call);
    await turn();
    expect(batches[0]?.items).toEqual(["ab", "d"]);
    batches[0]?.end();
    await turn();
    expect(batches[1]?.items).toEqual(["bc"]);
    batches[1]?.end();
    await turn();
    expect(batches[2]?.items).toEqual(["c"]);
    batches[2]?.end();
    expect(await Promise.all(all)).toEqual(["AB", "BC", "C", "D"]);
  });

  test("one item's refused data does not fail the others", async () => {
    const call = createBatch<string, string>({
      maxItems: 10,
      maxInFlight: 1,
      run: async (items) => {
        if (items.includes("bad")) throw sqlError("22021");
        return [...items];
      },
    });
    const results = await Promise.allSettled(["a", "bad", "b"].map(call));
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  });

  test("an Error among the results is that one item's failure; null is a result", async () => {
    const call = createBatch<string, string | null>({
      maxItems: 10,
      maxInFlight: 1,
      run: async (items) => items.map((item) => (item === "bad" ? new Error("bad") : null)),
    });
    const [good, bad] = await Promise.allSettled(["a", "bad"].map(call));
    expect(good).toEqual({ status: "fulfilled", value: null });
    expect(bad?.status).toBe("rejected");
  });

  test("a deadlock is tried again; a lost connection is not, and fails every caller once", async () => {
    let tries = 0;
    const deadlocked = createBatch<string, string>({
      maxItems: 10,
      maxInFlight: 1,
      run: async (items) => {
        tries += 1;
        if (tries < 3) throw sqlError("40P01");
        return [...items];
      },
    });
    expect(await deadlocked("a")).toBe("a");
    expect(tries).toBe(3);
    let lost = 0;
    const disconnected = createBatch<string, string>({
      maxItems: 10,
      maxInFlight: 1,
      run: async () => {
        lost += 1;
        throw sqlError("57P01");
      },
    });
    const results = await Promise.allSettled(["a", "b"].map(disconnected));
    expect(results.every((result) => result.status === "rejected")).toBe(true);
    expect(lost).toBe(1);
  });
});
