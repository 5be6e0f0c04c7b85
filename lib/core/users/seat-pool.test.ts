import fc from "fast-check";
import { expect, test } from "vitest";
import { freeSeats, type LiveRun, runOf, SeatPool } from "./seat-pool";

const run = (id: string, reserved: number, users = 0, userIdPrefix: string | null = null): LiveRun => ({
  id,
  reserved,
  users,
  userIdPrefix,
});

test("a run takes its own reserved seats first, then those that are free for everybody", () => {
  const pool = new SeatPool({ taken: 6, limit: 10, runs: [run("a", 3, 1)] });
  expect([pool.take("a"), pool.take("a"), pool.take("a"), pool.take("a"), pool.take("a")]).toEqual([
    true,
    true,
    true,
    true,
    false,
  ]);
});

test("others leave the reserved seats alone", () => {
  const seats = { taken: 6, limit: 10, runs: [run("a", 3, 1), run("b", 0, 0)] };
  expect(freeSeats(seats)).toBe(2);
  const pool = new SeatPool(seats);
  expect([pool.take(null), pool.take("b"), pool.take(null), pool.take("b")]).toEqual([true, true, false, false]);
  expect([pool.take("a"), pool.take("a"), pool.take("a")]).toEqual([true, true, false]);
});

test("however seats were reserved and asked for, the limit holds, and every run gets what is reserved for it", () => {
  const runs = fc.array(fc.record({ reserved: fc.nat(8), users: fc.nat(8) }), { maxLength: 4 });
  const asks = fc.array(fc.option(fc.nat(3), { nil: null }), { maxLength: 60 });
  fc.assert(
    fc.property(runs, asks, fc.nat(10), (given, asked, others) => {
      const live = given.map(({ reserved, users }, n) => run(`r${n}`, reserved, Math.min(users, reserved)));
      const taken = others + given.reduce((sum, { users }) => sum + users, 0);
      const limit = taken + live.reduce((sum, { reserved, users }) => sum + reserved - users, 0) + 3;
      const pool = new SeatPool({ taken, limit, runs: live });
      const got = new Map<string | null, number>();
      for (const n of asked) {
        const id = n === null ? null : `r${n}`;
        if (pool.take(id)) got.set(id, (got.get(id) ?? 0) + 1);
      }
      const gaveAway = [...got.values()].reduce((sum, count) => sum + count, 0);
      expect(taken + gaveAway).toBeLessThanOrEqual(limit);
      for (const { id, reserved, users } of live) {
        const wanted = asked.filter((n) => n !== null && `r${n}` === id).length;
        expect(got.get(id) ?? 0).toBeGreaterThanOrEqual(Math.min(wanted, reserved - users));
      }
    }),
  );
});

test("a user joins the run that is named, else the one with the longest prefix", () => {
  const runs = [run("a", 0, 0, "e2e-"), run("b", 0, 0, "e2e-7-"), run("c", 0)];
  expect(runOf(runs, "e2e-7-bob", undefined)).toBe("b");
  expect(runOf(runs, "e2e-bob", undefined)).toBe("a");
  expect(runOf(runs, "bob", undefined)).toBeNull();
  expect(runOf(runs, "e2e-bob", "c")).toBe("c");
  expect(runOf(runs, "e2e-bob", "gone")).toBeNull();
});
