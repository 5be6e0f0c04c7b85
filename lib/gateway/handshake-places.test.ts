import { expect, test } from "vitest";
import { HandshakePlaces } from "./handshake-places";

/** Places for ten sockets, on a clock that the test moves. */
function places(connectsPerAddress = 0) {
  let now = 0;
  const all = new HandshakePlaces(connectsPerAddress, () => now, 10);
  const dismissed: string[] = [];
  const take = (name: string, { silent = true } = {}) => {
    const since = now;
    const waiting = {
      isSilent: silent,
      waitedMs: (at: number) => at - since,
      dismiss: () => {
        dismissed.push(name);
        all.leave(waiting);
      },
    };
    all.take(waiting, name);
    return waiting;
  };
  const pass = (ms: number) => {
    now += ms;
    all.sweep(now);
  };
  return { all, take, pass, dismissed };
}

test("a socket has ten seconds, two while half of the places are taken and it has said nothing", () => {
  const { take, pass, dismissed } = places();
  take("alone");
  pass(9_999);
  expect(dismissed).toEqual([]);
  pass(1);
  expect(dismissed).toEqual(["alone"]);
  for (let count = 0; count < 5; count += 1) take(`silent ${count}`);
  take("being checked", { silent: false });
  pass(2_000);
  expect(dismissed).toHaveLength(6);
  pass(7_999);
  expect(dismissed).not.toContain("being checked");
  pass(1);
  expect(dismissed).toContain("being checked");
});

test("when all places are taken the one that has been silent longest gives way, and nobody who speaks", () => {
  const { all, take, pass, dismissed } = places();
  take("speaks", { silent: false });
  for (let count = 1; count < 10; count += 1) take(`silent ${count}`);
  expect(all.hasRoom()).toBe(false);
  pass(1_000);
  expect(all.hasRoom()).toBe(true);
  expect(dismissed).toEqual(["silent 1"]);
  take("newcomer");
  expect(all.hasRoom()).toBe(true);
  expect(dismissed).toEqual(["silent 1", "silent 2"]);
});

test("who has come within a second keeps a place", () => {
  const { all, take } = places();
  for (let count = 0; count < 10; count += 1) take(`new ${count}`);
  expect(all.hasRoom()).toBe(false);
});

test("an address has what it may open in four seconds, and its place back when a socket leaves", () => {
  const { all, take } = places(6);
  const waiting = Array.from({ length: 24 }, () => take("one address"));
  expect(all.isShareTaken("one address")).toBe(true);
  expect(all.isShareTaken("another")).toBe(false);
  for (const one of waiting) {
    all.leave(one);
    all.leave(one);
  }
  expect(all.isShareTaken("one address")).toBe(false);
  expect(all.size).toBe(0);
});
