import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { pauseAfter, RESTART, type SupervisedChild, supervise } from "./child";
import { startProcesses } from "./processes";

const folder = mkdtempSync(path.join(tmpdir(), "im-child-"));
const running: { kill(): void }[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const script = (name: string, body: string) => {
  const file = path.join(folder, `${name}.mjs`);
  writeFileSync(file, body);
  return { name, args: [file], env: process.env };
};

interface Death {
  name: string;
  reason: string;
  pauseMs: number;
}

function watch() {
  const lines: string[] = [];
  const deaths: Death[] = [];
  return {
    lines,
    deaths,
    onLine: (name: string, line: string) => void lines.push(`${name}: ${line}`),
    onDeath: (name: string, reason: string, pauseMs: number) => void deaths.push({ name, reason, pauseMs }),
  };
}

const started = (child: SupervisedChild): SupervisedChild => {
  running.push(child);
  return child;
};
const rule = { ...RESTART, firstPauseMs: 5, longestPauseMs: 20 };
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 15_000, interval: 10 });

describe("pauseAfter", () => {
  test("doubles from half a second up to half a minute", () => {
    expect([1, 2, 3, 4, 5, 6, 7, 20].map((deaths) => pauseAfter(deaths))).toEqual([
      500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000,
    ]);
  });
});

describe("supervise", () => {
  test("a child that dies comes back after growing pauses, and its last words are shown", async () => {
    const events = watch();
    started(supervise(script("dies", "console.error('no such table'); process.exit(3);"), events, rule));
    await eventually(() => events.deaths.length).toBeGreaterThanOrEqual(4);
    expect(events.deaths.slice(0, 4).map((death) => death.pauseMs)).toEqual([5, 10, 20, 20]);
    expect(events.deaths[0]?.reason).toBe("exit code 3: no such table");
  });

  test("a long life forgets earlier deaths", async () => {
    const events = watch();
    let clock = 0;
    const now = () => {
      clock += 100_000;
      return clock;
    };
    started(supervise(script("long", "process.exit(1)"), events, { ...rule, healthyAfterMs: 60_000 }, now));
    await eventually(() => events.deaths.length).toBeGreaterThanOrEqual(3);
    expect(events.deaths.slice(0, 3).map((death) => death.pauseMs)).toEqual([5, 5, 5]);
  });

  test("a killed child is named with its signal", async () => {
    const events = watch();
    const child = started(supervise(script("killed", "setInterval(() => {}, 1000); console.log('up')"), events, rule));
    await eventually(() => events.lines).toContain("killed: up");
    process.kill(child.pid ?? 0, "SIGKILL");
    await eventually(() => events.deaths[0]?.reason).toBe("SIGKILL: up");
    await eventually(() => events.lines.length).toBe(2);
  });

  test("stop ends it for good, gently first", async () => {
    const events = watch();
    const body =
      "process.on('SIGTERM', () => { console.log('bye'); process.exit(0); }); setInterval(() => {}, 1000); console.log('up');";
    const child = started(supervise(script("gentle", body), events, rule));
    await eventually(() => events.lines).toContain("gentle: up");
    await child.stop();
    expect(events.lines.at(-1)).toBe("gentle: bye");
    expect(child.pid).toBeUndefined();
    expect(events.deaths).toEqual([]);
  });

  test("one that does not listen is killed, with everything it started", async () => {
    const events = watch();
    const body = `import { spawn } from "node:child_process";
      process.on("SIGTERM", () => {});
      const grandchild = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
      console.log(grandchild.pid);
      setInterval(() => {}, 1000);`;
    const child = started(supervise(script("deaf", body), events, { ...rule, stopLimitMs: 50 }));
    await eventually(() => events.lines.length).toBe(1);
    const grandchild = Number(events.lines[0]?.replace("deaf: ", ""));
    await child.stop();
    await eventually(() => isAlive(grandchild)).toBe(false);
  });

  test("stop during a pause means no further life", async () => {
    const events = watch();
    const child = started(
      supervise(script("pausing", "process.exit(1)"), events, {
        ...rule,
        firstPauseMs: 60_000,
        longestPauseMs: 60_000,
      }),
    );
    await eventually(() => events.deaths.length).toBe(1);
    await child.stop();
    expect(child.pid).toBeUndefined();
  });

  test("what is printed with console comes on standard error, and standard output is the log's alone", async () => {
    const streams: string[] = [];
    const leash = path.resolve("server/launcher/leash.mjs");
    const { name, args, env } = script(
      "prints",
      "console.log('printed'); console.info('printed'); process.stdout.write('logged\\n'); setInterval(() => {}, 1000);",
    );
    const onLine = (_: string, line: string, from: string) => void streams.push(`${from}: ${line}`);
    started(supervise({ name, args: ["--import", leash, ...args], env }, { ...watch(), onLine }, rule));
    await eventually(() => streams.toSorted()).toEqual(["stderr: printed", "stderr: printed", "stdout: logged"]);
  });

  test.each([
    ["while its child runs", 400],
    ["before its child has begun", 0],
  ])("when the launcher is killed hard %s, the child ends", async (_, afterMs) => {
    const leash = path.resolve("server/launcher/leash.mjs");
    const childFile = path.join(folder, "leashed.mjs");
    writeFileSync(childFile, "setInterval(() => {}, 1000);");
    const launcher = `import { spawn } from "node:child_process";
      const child = spawn(process.execPath, ["--import", ${JSON.stringify(leash)}, ${JSON.stringify(childFile)}],
        { detached: true, stdio: ["ignore", "ignore", "ignore", "ipc"], env: { ...process.env, IM_LAUNCHER_PID: String(process.pid) } });
      child.once("spawn", () => setTimeout(() => console.log(child.pid), ${afterMs}));`;
    const events = watch();
    const parent = started(
      supervise(script("launcher", launcher), events, { ...rule, firstPauseMs: 60_000, longestPauseMs: 60_000 }),
    );
    await eventually(() => events.lines.length).toBe(1);
    const leashed = Number(events.lines[0]?.replace("launcher: ", ""));
    expect(isAlive(leashed)).toBe(true);
    process.kill(parent.pid ?? 0, "SIGKILL");
    await eventually(() => isAlive(leashed)).toBe(false);
  });
});

describe("startProcesses", () => {
  test("the console ends before the service", async () => {
    const events = watch();
    const body = (name: string, ms: number) =>
      `process.on("SIGTERM", () => setTimeout(() => { console.log("${name} ended"); process.exit(0); }, ${ms}));
       setInterval(() => {}, 1000); console.log("up");`;
    const processes = startProcesses(
      { console: script("console", body("console", 100)), service: script("service", body("service", 0)) },
      events,
      rule,
    );
    running.push(processes);
    await eventually(() => events.lines.filter((line) => line.endsWith("up")).length).toBe(2);
    await processes.stop();
    expect(events.lines.slice(2)).toEqual(["console: console ended", "service: service ended"]);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
