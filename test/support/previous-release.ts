import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { migrationNames } from "@/lib/db/migrate";
import { freePort } from "./free-port";

const git = (...args: string[]) =>
  execFileSync("git", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();

/**
 * The commit of the release before this one: RELEASE_BASE, the last tag, or what was before the newest migration. Null, with a line that says so, where
 * there is no history to take it from, as in a shallow clone.
 */
export function previousRelease(): string | null {
  const newest = `prisma/migrations/${migrationNames().at(-1)}`;
  const ways = [
    () => process.env.RELEASE_BASE || "",
    () => git("describe", "--tags", "--abbrev=0", "HEAD~1"),
    () => `${git("log", "--diff-filter=A", "-1", "--format=%H", "--", newest)}^`,
  ];
  for (const way of ways) {
    try {
      const named = way();
      if (named !== "") return git("rev-parse", "--verify", `${named}^{commit}`);
    } catch {
      // The next way is asked; when none knows, the line below says so.
    }
  }
  process.stderr.write(
    "There is no earlier release to run: set RELEASE_BASE to a commit, in a clone with its history.\n",
  );
  return null;
}

/** An earlier version of the product that runs as its users ran it. */
export interface RunningRelease {
  readonly consoleUrl: string;
  readonly apiUrl: string;
  /** Runs its command line and gives what `--json` prints. */
  cli(...args: string[]): unknown;
  /** As Ctrl-C does; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Ends it, if need be, and removes its folder. */
  remove(): Promise<void>;
}

const READY_WITHIN_MS = 900_000;

/** Unpacks a commit beside this checkout and starts it with `npm start`, with the packages of this one where they are the same. */
export async function startRelease(
  commit: string,
  settings: Readonly<Record<string, string>>,
): Promise<RunningRelease> {
  const folder = mkdtempSync(path.join(tmpdir(), "im-release-"));
  const checkout = path.join(folder, "checkout");
  mkdirSync(checkout);
  const archive = execFileSync("git", ["archive", commit], { maxBuffer: 1024 ** 3 });
  execFileSync("tar", ["-x", "-C", checkout], { input: archive });
  const lock = (at: string) => readFileSync(path.join(at, "package-lock.json"), "utf8");
  if (lock(checkout) === lock(".")) {
    cpSync("node_modules", path.join(checkout, "node_modules"), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) => !path.basename(file).startsWith(".test-service-"),
    });
  }
  const [consolePort, servicePort] = [await freePort(), await freePort()];
  const readyFile = path.join(folder, "ready.json");
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    NEXT_DIST_DIR: "",
    ...settings,
    DATA_DIR: path.join(folder, "data"),
    CONSOLE_PORT: String(consolePort),
    SERVICE_PORT: String(servicePort),
    METRICS_ADDRESS: "off",
    LOG_LEVEL: "error",
  };
  const child = spawn(process.execPath, ["scripts/start.mjs", "--ready-file", readyFile], {
    cwd: checkout,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said = `${said}${chunk}`.slice(-8_000);
    });
  }
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const stop = () => {
    child.kill("SIGINT");
    return ended;
  };
  for (const deadline = Date.now() + READY_WITHIN_MS; !existsSync(readyFile); await pause(200)) {
    if (child.exitCode === null && Date.now() < deadline) continue;
    await stop();
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`The release before this one did not start:\n${said}`);
  }
  return {
    consoleUrl: `http://127.0.0.1:${consolePort}`,
    apiUrl: `http://127.0.0.1:${servicePort}`,
    cli: (...args) =>
      JSON.parse(
        execFileSync(process.execPath, ["scripts/cli.mjs", ...args, "--json"], {
          cwd: checkout,
          env,
          encoding: "utf8",
        }),
      ),
    stop,
    async remove() {
      if (child.exitCode === null && child.signalCode === null) await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
