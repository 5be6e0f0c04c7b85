import { type ChildProcess, spawn } from "node:child_process";

/** How a child is started. It runs in a process group of its own, so that Ctrl-C reaches the launcher alone. */
export interface ChildCommand {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

export type ChildStream = "stdout" | "stderr";

export interface ChildEvents {
  /** One line that the child wrote, as it wrote it. */
  onLine(name: string, line: string, from: ChildStream): void;
  /** The child died by itself; it comes back after `pauseMs`. */
  onDeath(name: string, reason: string, pauseMs: number): void;
}

export interface SupervisedChild {
  readonly name: string;
  /** Process id; undefined during a pause between two lives. */
  readonly pid: number | undefined;
  /** Ends the child for good: SIGTERM, then SIGKILL to its whole group. Resolves when it is gone. */
  stop(): Promise<void>;
  /** SIGKILL to its whole group, now. */
  kill(): void;
}

export interface RestartRule {
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** A life of this length forgets earlier deaths. */
  readonly healthyAfterMs: number;
  /** Time for an orderly end before SIGKILL. */
  readonly stopLimitMs: number;
}

export const RESTART: RestartRule = {
  firstPauseMs: 500,
  longestPauseMs: 30_000,
  healthyAfterMs: 60_000,
  stopLimitMs: 10_000,
};

/** The pause after the nth death in a row (n from 1): doubling from the first to the longest. */
export function pauseAfter(deaths: number, rule: RestartRule = RESTART): number {
  return Math.min(rule.longestPauseMs, rule.firstPauseMs * 2 ** (deaths - 1));
}

const LAST_WORDS = 3;

/** Starts a child of this Node and keeps it running until it is stopped. */
export function supervise(
  command: ChildCommand,
  events: ChildEvents,
  rule: RestartRule = RESTART,
  now: () => number = Date.now,
): SupervisedChild {
  let child: ChildProcess | undefined;
  let restart: NodeJS.Timeout | undefined;
  let stopping = false;
  let deaths = 0;
  let gone: () => void = () => {};

  const live = () => {
    restart = undefined;
    const began = now();
    const said: string[] = [];
    const current = spawn(process.execPath, command.args, {
      // For leash.mjs.
      env: { ...command.env, IM_LAUNCHER_PID: String(process.pid) },
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    child = current;
    for (const from of ["stdout", "stderr"] as const) {
      readLines(current[from], (line) => {
        said.push(line);
        if (said.length > LAST_WORDS) said.shift();
        events.onLine(command.name, line, from);
      });
    }
    let startError: string | undefined;
    current.once("error", (error) => {
      startError = error.message;
    });
    current.once("close", (code, signal) => {
      child = undefined;
      killGroup(current, "SIGKILL");
      if (stopping) return gone();
      deaths = now() - began >= rule.healthyAfterMs ? 1 : deaths + 1;
      const pauseMs = pauseAfter(deaths, rule);
      const how = startError ?? (signal === null ? `exit code ${code}` : signal);
      const words = said.filter((line) => line.trim() !== "" && !line.startsWith("{")).join(" / ");
      events.onDeath(command.name, words === "" ? how : `${how}: ${words}`, pauseMs);
      restart = setTimeout(live, pauseMs);
    });
  };
  live();

  return {
    name: command.name,
    get pid() {
      return child?.pid;
    },
    async stop() {
      stopping = true;
      clearTimeout(restart);
      const current = child;
      if (current === undefined) return;
      const ended = new Promise<void>((resolve) => {
        gone = resolve;
      });
      signalOne(current, "SIGTERM");
      const limit = setTimeout(() => killGroup(current, "SIGKILL"), rule.stopLimitMs);
      await ended;
      clearTimeout(limit);
    },
    kill() {
      stopping = true;
      clearTimeout(restart);
      if (child !== undefined) killGroup(child, "SIGKILL");
    },
  };
}

function signalOne(child: ChildProcess, signal: NodeJS.Signals): void {
  child.kill(signal);
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) onLine(line.replace(/\r$/, ""));
  });
  stream?.on("end", () => {
    if (rest !== "") onLine(rest);
  });
}
