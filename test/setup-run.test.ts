import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import { afterEach, expect, test } from "vitest";

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Starts a process that runs another one with `run`; gives both. */
async function startRunning(): Promise<{ parent: ChildProcess; child: number }> {
  const forever = "console.log(process.pid); setInterval(() => {}, 1000);";
  const program = `
    import { run } from ${JSON.stringify(path.resolve("scripts/setup/run.mjs"))};
    await run(process.execPath, ["-e", ${JSON.stringify(forever)}], { quiet: true, tee: true });`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(parent);
  let said = "";
  for await (const chunk of parent.stdout) {
    said += chunk;
    if (said.includes("\n")) break;
  }
  return { parent, child: Number(said) };
}

test("a build or an installation ends when the start that began it is killed hard", async () => {
  const { parent, child } = await startRunning();
  expect(isAlive(child)).toBe(true);
  parent.kill("SIGKILL");
  await expect.poll(() => isAlive(child), { timeout: 15_000 }).toBe(false);
});
