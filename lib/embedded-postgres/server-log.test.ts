import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { boundLog } from "./server-log";

const folder = mkdtempSync(path.join(tmpdir(), "im-log-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a log that a server goes on writing to takes twice its bound at most, and the latest lines stay", () => {
  const file = path.join(folder, "postgres.log");
  // As PostgreSQL has it: open all the time, and appended to.
  const log = openSync(file, "a", 0o600);
  const line = (n: number) => `line ${n} ${"x".repeat(90)}\n`;
  for (let n = 0; n < 100; n += 1) {
    writeSync(log, line(n));
    boundLog(file, 1_000);
    const kept = n < 10 ? 0 : statSync(`${file}.1`).size;
    expect(statSync(file).size + kept).toBeLessThan(2_200);
  }
  closeSync(log);
  expect(statSync(`${file}.1`).mode & 0o777).toBe(0o600);
  const all = readFileSync(`${file}.1`, "utf8") + readFileSync(file, "utf8");
  expect(all).toContain("line 99 ");
  expect(all).toContain("line 95 ");
  // No hole where the old offset was.
  expect(all).not.toContain("\0");
});
