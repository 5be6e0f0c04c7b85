import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import * as clientSdk from "@/lib/client";
import { ERRORS } from "@/lib/core/errors";

/** docs/compatibility.md against the product: what it says is given is given, and the other documents say the same. */

const read = (name: string) => readFileSync(`docs/${name}`, "utf8");
const compatibility = read("compatibility.md");
const codes = [...compatibility.matchAll(/^\| (\d{5}) \|.*\| (yes|no)/gm)].map(([, code, given]) => ({
  code: Number(code),
  given: given === "yes",
}));

/** Not a refusal, so not among the errors: the `processCode` of a join. */
const PROCESS_CODES = [25424];
const REFUSALS = Object.values(ERRORS).flatMap(({ wireCode, clientCode }) => [wireCode, clientCode]);

test("the codes of groups are all there, each once", () => {
  const listed = codes.map(({ code }) => code);
  for (const code of [25404, 25408, 25413, 25414, 25415, 25419, 25420, 25421, 25422]) expect(listed).toContain(code);
  for (let code = 25424; code <= 25429; code += 1) expect(listed).toContain(code);
  expect(new Set(listed).size).toBe(listed.length);
  const ofGroups = REFUSALS.filter((code) => code >= 25404 && code <= 25432);
  expect(listed).toEqual(expect.arrayContaining([...new Set(ofGroups)]));
});

test.each(codes)("code $code: given is $given", ({ code, given }) => {
  expect([...REFUSALS, ...PROCESS_CODES].includes(code)).toBe(given);
  // Who writes a client finds it there.
  expect(read("client-api.md").includes(String(code))).toBe(given);
});

test("a code that the Server API's document lists is one that the product gives", () => {
  const [, section = ""] = /## Codes\n([\s\S]*?)\n## /.exec(read("server-api.md")) ?? [];
  const listed = [...section.matchAll(/^\| \d{3} \| ([\d, ]+) \|/gm)].flatMap(([, cell = ""]) =>
    cell.split(",").map(Number),
  );
  expect(listed.length).toBeGreaterThan(20);
  expect(listed.filter((code) => !REFUSALS.includes(code))).toEqual([]);
});

test("the enums that the table names have the names", () => {
  const missing = [...compatibility.matchAll(/^\| `(\w+)` \| ((?:`\w+`(?:, )?)+) \|/gm)].flatMap(
    ([, name = "", cell = ""]) => {
      const found = (clientSdk as Record<string, unknown>)[name];
      if (typeof found !== "object" || found === null) return [];
      return [...cell.matchAll(/`(\w+)`/g)].flatMap(([, member = ""]) =>
        member in found ? [] : [`${name}.${member}`],
      );
    },
  );
  expect(missing).toEqual([]);
});

test("no document says that something is not published", () => {
  const files = readdirSync("docs").filter((file) => file.endsWith(".md"));
  expect(files.filter((file) => /not published|unpublished/i.test(read(file)))).toEqual([]);
});

test("nothing is said to be since a version that is still to come", () => {
  const { version } = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
  const number = (text: string) =>
    text
      .split(".")
      .slice(0, 2)
      .map(Number)
      .reduce((major, minor) => major * 1000 + minor);
  const since = [...compatibility.matchAll(/\| (\d+\.\d+) \|$/gm)].map(([, at = ""]) => at);
  expect(since.length).toBeGreaterThan(20);
  expect(since.filter((at) => number(at) > number(version))).toEqual([]);
});
