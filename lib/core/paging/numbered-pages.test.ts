import { expect, test } from "vitest";
import { testContext } from "@/test/support/context";
import { readNumberedPage } from "./numbered-pages";

const context = testContext();

/** A list of numbers in ascending order that remembers how far it was counted. */
function listOf(name: string) {
  const rows = Array.from({ length: 10_000 }, (_, n) => n * 10);
  const skipped: number[] = [];
  let now = 1_000_000;
  return {
    rows,
    skipped,
    pass: (ms: number) => {
      now += ms;
    },
    page: (offset: number, limit = 100) =>
      readNumberedPage(context().db, {
        list: name,
        offset,
        limit,
        now: () => now,
        keysOf: (row: number) => row,
        async read(after, skip, size) {
          skipped.push(skip);
          return rows.filter((row) => after === null || row > after).slice(skip, skip + size);
        },
      }),
  };
}

test("a page begins where the one before it ended, without counting what lies before", async () => {
  const list = listOf("walk");
  for (let offset = 0; offset < 10_100; offset += 100) {
    expect(await list.page(offset)).toEqual(list.rows.slice(offset, offset + 100));
  }
  expect(Math.max(...list.skipped)).toBeLessThanOrEqual(1_000);
});

test("a deep page is counted when nothing is known, and from the nearest place known", async () => {
  const list = listOf("jump");
  expect(await list.page(8_000)).toEqual(list.rows.slice(8_000, 8_100));
  expect(await list.page(9_000)).toEqual(list.rows.slice(9_000, 9_100));
  expect(await list.page(7_000)).toEqual(list.rows.slice(7_000, 7_100));
  expect(list.skipped).toEqual([8_000, 900, 7_000]);
});

test("the first thousand rows are always those of now", async () => {
  const list = listOf("shallow");
  await list.page(800);
  list.rows.splice(0, 5);
  expect(await list.page(900)).toEqual(list.rows.slice(900, 1_000));
});

test("who walks through a list misses nobody and meets nobody twice when rows before the page come or go", async () => {
  const list = listOf("changed");
  const first = await list.page(5_000);
  list.rows.splice(0, 50);
  list.rows.unshift(-30, -20, -10);
  const second = await list.page(5_100);
  expect([...first, ...second]).toEqual(Array.from({ length: 200 }, (_, n) => 50_000 + n * 10));
});

test("a count holds for five seconds, however many pages rely on it", async () => {
  const list = listOf("old");
  await list.page(5_000);
  list.rows.splice(0, 50);
  list.pass(3_000);
  await list.page(5_100);
  list.pass(3_000);
  expect(await list.page(5_200)).toEqual(list.rows.slice(5_200, 5_300));
});

test("lists share no places", async () => {
  const [one, other] = [listOf("one"), listOf("other")];
  await one.page(5_000);
  other.rows.splice(0, 50);
  expect(await other.page(5_100)).toEqual(other.rows.slice(5_100, 5_200));
});
