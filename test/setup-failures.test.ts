import { expect, test } from "vitest";
import { failuresOfPlaywright, failuresOfVitest, tellFailures } from "../scripts/setup/failures.mjs";

const red = (text: string) => `\u001b[31m${text}\u001b[39m`;

test("names each failed test of Vitest, and a file that could not be loaded", () => {
  const report = {
    testResults: [
      {
        name: `${process.cwd()}/lib/a.test.ts`,
        status: "failed",
        assertionResults: [
          { status: "passed", fullName: "a fine", failureMessages: [] },
          { status: "failed", fullName: "a wrong", failureMessages: ["expected 1 to be 2"] },
        ],
      },
      { name: `${process.cwd()}/lib/b.test.ts`, status: "failed", message: "cannot load", assertionResults: [] },
      { name: `${process.cwd()}/lib/c.test.ts`, status: "passed", assertionResults: [] },
    ],
  };
  expect(failuresOfVitest(report)).toEqual([
    { title: "lib/a.test.ts > a wrong", message: "expected 1 to be 2" },
    { title: "lib/b.test.ts", message: "cannot load" },
  ]);
});

test("names each failed test of Playwright with its place, and an error outside of tests", () => {
  const spec = (title: string, status: string) => ({
    title,
    file: "ban.spec.ts",
    line: 7,
    tests: [{ status, results: [{ errors: status === "unexpected" ? [{ message: "was not shown" }] : [] }] }],
  });
  const inner = { title: "as an admin", file: "ban.spec.ts", specs: [spec("bans", "unexpected")] };
  const report = {
    suites: [{ title: "ban.spec.ts", file: "ban.spec.ts", specs: [spec("lists", "expected")], suites: [inner] }],
    errors: [{ message: "a worker ended" }],
  };
  expect(failuresOfPlaywright(report)).toEqual([
    { title: "ban.spec.ts:7 > as an admin > bans", message: "was not shown" },
    { title: "Outside of a test", message: "a worker ended" },
  ]);
});

test("gives nothing where a runner left no report", () => {
  expect([...failuresOfVitest(undefined), ...failuresOfPlaywright(undefined)]).toEqual([]);
});

test("tells messages without colours and without the runner's own frames, and not more than fits", () => {
  const long = Array.from({ length: 40 }, (_, index) => `line ${index}`).join("\n");
  const many = Array.from({ length: 12 }, (_, index) => ({ title: `test ${index}`, message: long }));
  const told = tellFailures("Unit", [{ title: "one", message: `${red("no")}\n at /x/node_modules/y.js:1` }, ...many]);
  expect(told).toContain("FAILED  one\n        no\nFAILED  test 0");
  expect(told).toContain("… 25 more lines");
  expect(told).toContain("FAILED  test 8");
  expect(told).not.toContain("FAILED  test 9");
  expect(told).toContain("… and 3 more");
});
