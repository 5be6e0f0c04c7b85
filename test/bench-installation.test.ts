import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, inject, test } from "vitest";

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill("SIGKILL");
});

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** A benchmark that has started a service and then prints without end. */
const BENCHMARK = `
  import { openInstallation } from "./bench/common/installation.ts";
  const installation = await openInstallation(async () => {});
  const { pid } = await installation.startService({});
  console.log("service", pid);
  setInterval(() => console.log("figures"), 10);
`;

test("the service of a benchmark whose output is cut off ends with it", async () => {
  const benchmark = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", BENCHMARK], {
    env: { ...process.env, NODE_ENV: "production", BENCH_DATABASE_URL: inject("serverUrl") },
    stdio: ["ignore", "pipe", "ignore"],
  });
  running.push(benchmark);
  let said = "";
  for await (const chunk of benchmark.stdout) {
    said += chunk;
    if (said.includes("figures")) break;
  }
  const service = Number(/service (\d+)/.exec(said)?.[1]);
  expect(isAlive(service)).toBe(true);
  // As `| head -1` does: leaving the loop has closed the pipe.
  if (benchmark.exitCode === null && benchmark.signalCode === null) await once(benchmark, "exit");
  await expect.poll(() => isAlive(service), { timeout: 20_000 }).toBe(false);
}, 90_000);
