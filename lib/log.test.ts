import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";

/** What a process writes that logs through `createLog` and then ends as told. */
function linesOf(program: string): { msg: string; time: string; level: number }[] {
  const source = `import { createLog } from "./lib/log.ts"; const log = createLog({ level: "info", process: "test" }); ${program}`;
  const { stdout } = spawnSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", source], {
    encoding: "utf8",
  });
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const messages = (program: string) => linesOf(program).map((line) => line.msg);
const MANY = 'for (let n = 0; n < 1_000; n += 1) log.info("n" + n);';
const all = Array.from({ length: 1_000 }, (_, n) => `n${n}`);

describe("no line of the log is lost or out of order", () => {
  test("when the process ends by itself", () => {
    expect(messages(MANY)).toEqual(all);
  });

  test("when it is ended by process.exit", () => {
    expect(messages(`${MANY} process.exit(0);`)).toEqual(all);
  });

  test("when an error is not caught", () => {
    expect(messages(`${MANY} setImmediate(() => { throw new Error("nobody catches this"); });`)).toEqual(all);
  });

  test("before a fatal line returns", () => {
    expect(messages(`${MANY} log.fatal("end"); process.kill(process.pid, "SIGKILL");`)).toEqual([...all, "end"]);
  });
});

test("a line says when it was written", () => {
  const before = Date.now();
  const [line] = linesOf('log.info("now");');
  expect(Date.parse(line?.time ?? "")).toBeGreaterThanOrEqual(before);
  expect(line?.time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});
