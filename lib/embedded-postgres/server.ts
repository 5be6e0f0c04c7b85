import { execFileSync, spawn } from "node:child_process";
import { chmodSync, closeSync, existsSync, openSync, readFileSync, statfsSync, statSync } from "node:fs";
import { totalmem } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Account } from "./account";
import type { ClusterState } from "./cluster-state";
import type { Programs } from "./programs";
import { boundLog } from "./server-log";

const MIB = 1024 * 1024;

/** A database server that runs for a cluster, as its `postmaster.pid` tells. */
export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** False while it starts, recovers or shuts down. */
  readonly ready: boolean;
}

/**
 * The server that runs for this cluster, whoever started it; null when there is none. A `postmaster.pid` left behind by
 * a hard kill counts as none, even when its number has gone to another program meanwhile.
 */
export function findServer(cluster: string): RunningServer | null {
  let lines: string[];
  try {
    lines = readFileSync(path.join(cluster, "postmaster.pid"), "utf8").split("\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isInteger(pid) || pid <= 1 || !serves(pid, cluster)) return null;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === "ready" };
}

function serves(pid: number, cluster: string): boolean {
  try {
    const command =
      process.platform === "linux"
        ? readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").join(" ")
        : execFileSync("ps", ["-ww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return command.includes("postgres") && command.includes(`-D ${cluster} `);
  } catch {
    return false;
  }
}

export interface ServerOptions {
  /** False only for tests: a crash of the machine may lose data, and writing is faster. */
  readonly durable: boolean;
}

/** A tenth of the disk: what is kept free for PostgreSQL (lib/room) must not be eaten by the log that it writes ahead. */
function mostWalMib(cluster: string): number {
  const { blocks, bsize } = statfsSync(cluster);
  return Math.min(4096, Math.max(256, Math.floor((blocks * bsize) / MIB / 10)));
}

function settings({ port, cluster }: ClusterState, options: ServerOptions): Record<string, string> {
  const memoryMib = Math.floor(totalmem() / MIB);
  const share = (part: number, least: number, most: number) =>
    `${Math.min(most, Math.max(least, Math.floor(memoryMib * part)))}MB`;
  return {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "",
    max_connections: "200",
    shared_buffers: options.durable ? share(1 / 8, 64, 2048) : "128MB",
    effective_cache_size: share(1 / 2, 128, 1_000_000),
    work_mem: "16MB",
    maintenance_work_mem: share(1 / 32, 64, 1024),
    max_wal_size: `${mostWalMib(cluster)}MB`,
    checkpoint_timeout: "15min",
    random_page_cost: "1.1",
    jit: "off",
    timezone: "UTC",
    log_timezone: "UTC",
    lc_messages: "C",
    log_line_prefix: "%m [%p] ",
    ...(options.durable ? {} : { fsync: "off", synchronous_commit: "off", full_page_writes: "off" }),
  };
}

/** Where the server of a cluster writes what it has to say. */
export const logFileOf = (state: ClusterState) => path.join(state.dataDir, "postgres.log");

/**
 * Starts the server in a process group of its own, so that Ctrl-C in a terminal reaches the launcher alone, and waits
 * until it accepts connections; `onWait` is told while recovery after a hard kill makes that last. Returns null when
 * another process's server for the cluster was faster.
 */
export async function startServer(
  programs: Programs,
  state: ClusterState,
  account: Account | undefined,
  options: ServerOptions,
): Promise<RunningServer | null> {
  const logFile = logFileOf(state);
  boundLog(logFile);
  const start = existsSync(logFile) ? statSync(logFile).size : 0;
  const log = openSync(logFile, "a", 0o600);
  chmodSync(logFile, 0o600);
  const flags = Object.entries(settings(state, options)).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(programs.postgres, ["-D", state.cluster, ...flags], {
    ...account,
    cwd: "/",
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let failure: string | undefined;
  child.once("error", (error) => {
    failure = error.message;
  });
  child.once("exit", (code, signal) => {
    failure ??= `it ended with ${signal ?? code}`;
  });
  child.unref();
  for (;;) {
    const server = findServer(state.cluster);
    if (server?.ready && server.pid === child.pid) return server;
    if (failure !== undefined) {
      const said = existsSync(logFile) ? readFileSync(logFile, "utf8").slice(start).trim() : "";
      if (server !== null || /lock file .* already exists|is another postmaster/i.test(said)) return null;
      throw new StartFailure(failure, said);
    }
    await pause(15);
  }
}

/** The server ended instead of starting. `said` is what it wrote to its log. */
export class StartFailure extends Error {
  constructor(
    reason: string,
    readonly said: string,
  ) {
    super(reason);
    this.name = "StartFailure";
  }

  /** Another program took the port between the check and the start. */
  get portTaken(): boolean {
    return /could not bind|could not create any TCP\/IP sockets/.test(this.said);
  }

  /** A hard kill left backends behind, which end by themselves within moments. */
  get passing(): boolean {
    return /pre-existing shared memory block .* is still in use/.test(this.said);
  }
}

const alive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
};

const FAST_SHUTDOWN_MS = 60_000;

/** Shuts a server down: "fast" (clients are disconnected, everything is on disk) or, when that takes too long, at once. */
export async function stopServer(cluster: string, pid: number): Promise<void> {
  const signalServer = (signal: NodeJS.Signals) => {
    if (!serves(pid, cluster)) return;
    try {
      process.kill(pid, signal);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  };
  signalServer("SIGINT");
  const began = Date.now();
  let hurried = false;
  while (alive(pid) && serves(pid, cluster)) {
    if (!hurried && Date.now() - began > FAST_SHUTDOWN_MS) {
      hurried = true;
      signalServer("SIGQUIT");
    }
    await pause(15);
  }
}

/**
 * Ends the server when this process dies without having said goodbye (kill -9): a small shell waits for the end of a
 * pipe that only this process holds. Returns how to say goodbye.
 */
export function guardServer(pid: number): () => void {
  if (process.platform === "win32") return () => {};
  const script = 'read -r word; [ "$word" = goodbye ] || kill -INT "$1"';
  const guard = spawn("/bin/sh", ["-c", script, "guard", String(pid)], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.on("error", () => {});
  guard.stdin.on("error", () => {});
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void }).unref?.();
  return () => guard.stdin.end("goodbye\n");
}
