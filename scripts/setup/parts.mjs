import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureBrowser } from "./browser.mjs";
import { installDebian } from "./debian.mjs";
import { failuresOfPlaywright, failuresOfVitest, withoutColours } from "./failures.mjs";
import { root } from "./prepare.mjs";
import { ensureRedis } from "./redis.mjs";
import { RunError, run } from "./run.mjs";
import { step } from "./steps.mjs";

const program = (...parts) => path.join(root, "node_modules", ...parts);
const environment = (extra = {}) => ({ ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...extra });

/** Runs one program of a part: whether it ended with 0, and with `tee` what it wrote. What it writes is shown as it comes. */
async function attempt(command, args, options = {}) {
  try {
    return { ok: true, output: await run(command, args, { cwd: root, env: environment(), ...options }) };
  } catch (error) {
    if (!(error instanceof RunError)) throw error;
    return { ok: false, output: error.output };
  }
}

const passes = async (command, args, options) => (await attempt(command, args, options)).ok;

/** The lines of a runner's output that are its summary. */
function summaryOf(output, isSummary) {
  return withoutColours(output)
    .split("\n")
    .filter((line) => isSummary.test(line));
}

const node = (script, ...args) => [process.execPath, [script, ...args]];

const knip = (...args) => node(program("knip", "bin", "knip.js"), "--no-progress", "--no-config-hints", ...args);

/**
 * Lint, layer rules and import cycles (warnings count), types, what nothing uses, drift between schema and migrations, and between
 * endpoints and description, and a lock file with every package and its checksum.
 */
export async function check() {
  const checks = [
    [
      "Lint and layer rules",
      ...node(program("@biomejs", "biome", "bin", "biome"), "check", "--error-on-warnings", "."),
    ],
    ["Types", ...node(program("typescript", "bin", "tsc"), "--noEmit", "-p", ".")],
    ["Files, exports and packages that nothing uses", ...knip()],
    ["Files and exports that only tests use", ...knip("--production", "--include", "files,exports,types")],
    ["Schema against migrations", process.execPath, ["--import", "tsx", "scripts/drift.ts"]],
    ["Lock file", process.execPath, ["scripts/complete-lockfile.mjs", "--check"]],
    ["API description against endpoints", process.execPath, ["--import", "tsx", "scripts/openapi.ts"]],
  ];
  // Declares what Next makes known to TypeScript; a fresh clone has not got it yet.
  if (!existsSync(path.join(root, "next-env.d.ts"))) {
    await passes(...node(program("next", "dist", "bin", "next"), "typegen"), { quiet: true });
  }
  // All at once, since each of them leaves a processor idle for a while; what one says is shown when it has ended.
  const colours = process.stdout.isTTY ? { FORCE_COLOR: "1" } : {};
  const passed = await Promise.all(
    checks.map(async ([title, command, args]) => {
      const { ok, output } = await attempt(command, args, { quiet: true, env: environment(colours) });
      console.log(`\n${title}${output.trim() === "" ? "" : `\n${output.trimEnd()}`}${ok ? "" : `\n${title}: FAILED`}`);
      return ok;
    }),
  );
  return passed.every(Boolean);
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/** Unit and contract tests; each run has a PostgreSQL of its own (test/global-setup.ts). */
export async function unit(args) {
  await ensureRedis();
  const folder = mkdtempSync(path.join(tmpdir(), "im-unit-"));
  const report = path.join(folder, "report.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  try {
    const { ok, output } = await attempt(...node(program("vitest", "vitest.mjs"), "run", ...reporters, ...args), {
      tee: true,
    });
    const result = readReport(report);
    const failedFiles = result?.testResults?.filter(
      (file) => file.status === "failed" && file.assertionResults.length === 0,
    );
    return {
      ok: ok && result !== undefined,
      failures: failuresOfVitest(result),
      summary: summaryOf(output, /^ *(Test Files|Tests|Errors|Duration) {2}/),
      passed: result?.numPassedTests ?? 0,
      failed: (result?.numFailedTests ?? 0) + (failedFiles?.length ?? 0),
      skipped: (result?.numPendingTests ?? 0) + (result?.numTodoTests ?? 0),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const FOREIGN = {
  pgbouncer: "pgbouncer",
  "nginx-light": "nginx",
  haproxy: "haproxy",
  caddy: "caddy",
  postgresql: "pg_ctlcluster",
};

/** The tests that need other people's programs, from Debian's packages where they are not there. */
export async function installations(args) {
  const missing = Object.entries(FOREIGN).filter(([, binary]) => !isProgram(binary));
  if (missing.length > 0) await installDebian(...missing.map(([name]) => name));
  return unit(["--config", "vitest.installations.config.ts", ...args]);
}

const isProgram = (name) =>
  `${process.env.PATH}:/usr/sbin`.split(":").some((folder) => existsSync(path.join(folder, name)));

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Settings that must not come from the developer's environment or `.env`: empty counts as unset. */
const OWN_SETTINGS = {
  DATABASE_URL: "",
  REDIS_URL: "",
  MASTER_KEY: "",
  PUBLIC_CONSOLE_URL: "",
  PUBLIC_API_URL: "",
  OWNER_EMAIL: "",
  OWNER_PASSWORD: "",
  REPLAY_PROTECTION: "",
  RATE_LIMITS: "",
  TIMESTAMP_TOLERANCE_SECONDS: "",
  METRICS_ADDRESS: "off",
  // The receivers of the webhook tests stand on this machine.
  WEBHOOK_ALLOW_PRIVATE: "on",
  TEST_OPERATORS: "on",
  RESTORE_AFTER_MINUTES: "",
  DATABASE_POOL_SIZE: "",
  NODE_ENV: "",
};

/** Starts the product as `npm start` does, on free ports with a data directory of its own. */
async function startProduct() {
  const dataDir = mkdtempSync(path.join(tmpdir(), "im-e2e-"));
  const readyFile = path.join(dataDir, "ready.json");
  const logFile = path.join(dataDir, "start.log");
  const settings = {
    ...OWN_SETTINGS,
    DATA_DIR: dataDir,
    CONSOLE_PORT: String(await freePort()),
    SERVICE_PORT: String(await freePort()),
    LOG_LEVEL: process.env.LOG_LEVEL || "warn",
  };
  const log = openSync(logFile, "a");
  const child = spawn(process.execPath, [path.join(root, "scripts", "start.mjs"), "--ready-file", readyFile], {
    cwd: root,
    detached: true,
    env: environment(settings),
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  let ended;
  const exit = new Promise((resolve) =>
    child.once("exit", (code, signal) => {
      ended = signal ?? code;
      resolve(ended);
    }),
  );
  const killNow = () => {
    if (ended === undefined) child.kill("SIGKILL");
  };
  process.on("exit", killNow);
  const stop = async () => {
    if (ended === undefined) child.kill("SIGTERM");
    const code = await exit;
    process.off("exit", killNow);
    return code;
  };
  const readLog = () => readFileSync(logFile, "utf8");
  while (!existsSync(readyFile)) {
    if (ended !== undefined) {
      const said = readLog();
      rmSync(dataDir, { recursive: true, force: true });
      throw new Error(`The product did not start (it ended with ${ended}):\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const ready = JSON.parse(readFileSync(readyFile, "utf8"));
  return { settings, ready, stop, log: readLog, remove: () => removeDataDir(dataDir) };
}

/** Removes a data directory and the cluster that may lie outside of it. */
function removeDataDir(dataDir) {
  const state = readReport(path.join(dataDir, "postgres.json"));
  if (state !== undefined && path.isAbsolute(state.cluster)) rmSync(state.cluster, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}

function countPlaywright(report) {
  const stats = report?.stats;
  return {
    passed: (stats?.expected ?? 0) + (stats?.flaky ?? 0),
    failed: stats?.unexpected ?? 0,
    skipped: stats?.skipped ?? 0,
  };
}

/**
 * End-to-end tests in a real browser against the product as `npm start` runs it. With E2E_CONSOLE_URL set they run
 * against that installation instead.
 */
export async function e2e(args) {
  const browser = await ensureBrowser();
  const own = process.env.E2E_CONSOLE_URL
    ? undefined
    : await step("Building and starting the product for the end-to-end tests", startProduct);
  // The build that is tested is the one whose weight is bounded.
  const light = own === undefined || (await passes(...node("scripts/page-weights.mjs")));
  const folder = mkdtempSync(path.join(tmpdir(), "im-e2e-report-"));
  const reportFile = path.join(folder, "report.json");
  try {
    const variables = own && {
      ...own.settings,
      E2E_CONSOLE_URL: own.ready.consoleUrl,
      E2E_API_URL: own.ready.apiUrl,
      E2E_SETUP_LINK: own.ready.setupUrl ?? "",
    };
    const { ok, output } = await attempt(
      ...node(program("@playwright", "test", "cli.js"), "test", ...args, "--reporter=list,json"),
      {
        tee: true,
        env: environment({ ...variables, PLAYWRIGHT_CHROMIUM: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile }),
      },
    );
    const report = readReport(reportFile);
    const stopped = (await own?.stop()) ?? 0;
    if (stopped !== 0)
      console.error(`\nThe product ended with ${stopped} instead of 0 when it was stopped:\n${own.log()}`);
    else if (!ok && own)
      console.error(`\nWhat the product wrote meanwhile:\n${own.log().split("\n").slice(-80).join("\n")}`);
    return {
      ok: ok && light && stopped === 0 && report !== undefined,
      failures: failuresOfPlaywright(report),
      summary: summaryOf(output, /^ +\d+ (passed|failed|flaky|skipped|interrupted|did not run)/),
      ...countPlaywright(report),
    };
  } finally {
    await own?.stop();
    own?.remove();
    rmSync(folder, { recursive: true, force: true });
  }
}
