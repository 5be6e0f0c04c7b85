import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { accessSync, chownSync, constants, existsSync, mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";

/** Programs of other people that tests of installations start: found where Debian puts them, run as an account that they accept. */

const FOLDERS = ["/usr/lib/postgresql/15/bin", "/usr/sbin", "/usr/bin", "/usr/local/bin"];
const START_WITHIN_MS = 15_000;

/** Where a program is; null, with a line that says so, when this machine does not have it: tests are skipped then. */
export function findProgram(name: string): string | null {
  const file = FOLDERS.map((folder) => path.join(folder, name)).find((candidate) => existsSync(candidate));
  if (file !== undefined) return file;
  process.stderr.write(
    `${name} is not installed: tests that need it are skipped (npm run test:installations, as root).\n`,
  );
  return null;
}

/** The account of PostgreSQL and pgbouncer, which do not run as root; empty where this process is not root itself. */
export function serverAccount(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(spawnSync("id", [flag, "postgres"], { encoding: "utf8" }).stdout);
  return { uid: idOf("-u"), gid: idOf("-g") };
}

/** A folder of the test's own that the account may write to. */
export function ownFolder(account: { uid?: number; gid?: number } = {}): { path: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), "im-foreign-"));
  if (account.uid !== undefined && account.gid !== undefined) chownSync(folder, account.uid, account.gid);
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Running {
  readonly child: ChildProcess;
  /** What it has said, for the message of a test that fails. */
  said(): string;
  stop(): Promise<void>;
}

/** Starts a program that stays in the foreground; resolves when something listens on `port`. `stopBy` ends it without waiting for clients. */
export async function startProgram(
  file: string,
  args: readonly string[],
  port: number,
  account: { uid?: number; gid?: number } = {},
  stopBy: NodeJS.Signals = "SIGTERM",
): Promise<Running> {
  accessSync(file, constants.X_OK);
  const child = spawn(file, args, { ...account, cwd: "/", stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk) => {
      text = `${text}${chunk}`.slice(-4_000);
    });
  }
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "exit");
    child.kill(stopBy);
    await ended;
  };
  for (const deadline = Date.now() + START_WITHIN_MS; !(await listens(port)); await pause(50)) {
    if (child.exitCode === null && Date.now() < deadline) continue;
    await stop();
    throw new Error(`${file} did not start: ${text}`);
  }
  return { child, said: () => text, stop };
}

async function listens(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
