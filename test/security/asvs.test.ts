import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { REQUIREMENTS } from "@/scripts/asvs-document";
import { FINDINGS } from "./asvs/findings";
import { LEVEL_OF } from "./asvs/levels";
import type { Evidence } from "./asvs/row";

const read = (file: string) => readFileSync(file, "utf8");

const TITLES = /\(\s*(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`),/g;

/** What stands first in a call's parentheses: among it the names of tests and of their groups. */
const titlesIn = (text: string) =>
  new Set([...text.matchAll(TITLES)].map(([, ...quoted]) => quoted.find((title) => title !== undefined)));

const headingsIn = (text: string) => new Set([...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading));

function isThere(evidence: Evidence): boolean {
  const text = read(evidence.file);
  return "test" in evidence ? titlesIn(text).has(evidence.test) : headingsIn(text).has(evidence.heading);
}

test("the standard is there as a whole: 345 requirements, of which 70 are of level 1 and 183 of level 2", () => {
  const ofLevel = (level: number) => [...LEVEL_OF.values()].filter((one) => one === level).length;
  expect([LEVEL_OF.size, ofLevel(1), ofLevel(2), ofLevel(3)]).toEqual([345, 70, 183, 92]);
});

test("each requirement of levels 1 and 2 has one row, in the standard's order", () => {
  const asked = [...LEVEL_OF].filter(([, level]) => level < 3).map(([id]) => id);
  expect(REQUIREMENTS.map(({ id }) => id)).toEqual(asked);
});

test("each finding has one row", () => {
  expect(FINDINGS.map(({ id }) => id)).toEqual(Array.from({ length: 21 }, (_, index) => `S${index + 1}`));
});

test("what is said to be met is shown by something, and every test and heading that is named exists", () => {
  const rows = [...REQUIREMENTS, ...FINDINGS];
  const shown = rows.flatMap((row) =>
    row.kind === "met" || row.kind === "accepted" ? row.shown.map((evidence) => ({ id: row.id, evidence })) : [],
  );
  expect(rows.filter((row) => (row.kind === "met" || row.kind === "accepted") && row.shown.length === 0)).toEqual([]);
  expect(shown.filter(({ evidence }) => !isThere(evidence))).toEqual([]);
});

test("a test that is not there is found missing", () => {
  const file = "test/security/asvs.test.ts";
  expect(isThere({ file, test: "each finding has one row" })).toBe(true);
  expect(isThere({ file, test: "each finding has two rows" })).toBe(false);
  expect(isThere({ file: "SECURITY.md", heading: "Nowhere" })).toBe(false);
});

test("the threat model names tests that exist, for each attacker at least one", () => {
  const rows = read("docs/threat-model.md")
    .split("\n")
    .filter((line) => line.startsWith("| ") && !line.startsWith("| who "));
  const named = rows.map((row) =>
    [...row.matchAll(/`([^`]+\.ts)`: “([^”]+)”/g)].map(([, file = "", test = ""]) => ({ file, test })),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(rows.filter((_, index) => named[index]?.length === 0)).toEqual([]);
  expect(named.flat().filter((evidence) => !isThere(evidence))).toEqual([]);
});
