import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { afterEach, beforeAll } from "vitest";
import { loadSettings } from "@/server/installation/settings";
import { distDir, ensureBuilt } from "@/server/launcher/build";
import { buildConsole } from "@/server/launcher/build-service";
import { childCommands } from "@/server/launcher/commands";
import { waitUntilReady } from "@/server/launcher/readiness";
import { TEST_MASTER_KEY } from "./context";
import { freePort } from "./free-port";

/** A console process of one test, killed after it. */
export interface ConsoleProcess {
  readonly child: ChildProcess;
  /** Its pages, and its own mount of the Server API; without a trailing slash. */
  readonly url: string;
}

const BUILD_WITHIN_MS = 300_000;
const READY_WITHIN_MS = 60_000;
/** Of what it wrote, for the message of a start that fails. */
const LAST_WORDS = 4_000;

/**
 * Builds the console for the tests of a file, unless that is done. The function it gives starts one process of it with the
 * launcher's own command and environment, once, so that one that dies stays dead; it resolves when the console is ready.
 */
export function consoleProcesses(): (
  databaseUrl: string,
  environment: Record<string, string>,
) => Promise<ConsoleProcess> {
  const started: ChildProcess[] = [];
  let consoleFile = "";
  beforeAll(async () => {
    await ensureBuilt();
    consoleFile = await buildConsole(distDir());
  }, BUILD_WITHIN_MS);
  afterEach(async () => {
    for (const child of started.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
  });
  return async (databaseUrl, environment) => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const mark = randomBytes(16).toString("hex");
    const own = { ...environment, PUBLIC_CONSOLE_URL: url, LOG_LEVEL: "fatal" };
    const settings = loadSettings({ ...own, CONSOLE_PORT: String(port) });
    const { console: command } = childCommands({
      settings,
      databaseUrl,
      masterKey: TEST_MASTER_KEY,
      mark,
      consoleFile,
      serviceFile: null,
      dev: false,
    });
    const child = spawn(process.execPath, command.args, {
      env: { ...command.env, ...own, IM_LAUNCHER_PID: String(process.pid) },
      // Of its own group and with a channel, as the launcher starts it: it ends with the test's process.
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    started.push(child);
    let said = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        said = `${said}${chunk}`.slice(-LAST_WORDS);
      });
    }
    await Promise.race([
      waitUntilReady([`${url}/readyz`], { mark, limitMs: READY_WITHIN_MS, stop: new AbortController().signal }),
      once(child, "exit").then(([code]) => Promise.reject(new Error(`the console ended with ${code}:\n${said}`))),
    ]);
    return { child, url };
  };
}
