import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { ensureFirstApp } from "@/lib/core/apps/ensure-first-app";
import { openDatabase } from "@/lib/db/database";
import { replaceFile } from "@/lib/durable-file";
import type { Env } from "@/lib/env";
import { openFilesNote } from "@/lib/http/connection-room";
import { createRuntime } from "@/lib/runtime";
import { endRunning } from "../scripts/setup/run.mjs";
import { step } from "../scripts/setup/steps.mjs";
import { checkDataDir } from "./installation/data-dir";
import { type InstallationDatabase, migrateInstallation, openInstallationDatabase } from "./installation/database";
import { Failure } from "./installation/failure";
import { ensureFirstOwner } from "./installation/first-owner";
import { alone, systemActor } from "./installation/first-run";
import { loadMasterKey } from "./installation/master-key";
import { noteRunning } from "./installation/running";
import { dataDirOf, loadSettings } from "./installation/settings";
import { reachableHost, reachNote } from "./launcher/addresses";
import { distDir, ensureBuilt } from "./launcher/build";
import { buildConsole, buildService } from "./launcher/build-service";
import { type ChildEvents, pauseAfter } from "./launcher/child";
import { childCommands } from "./launcher/commands";
import { readOptions, START_HELP, type StartOptions } from "./launcher/options";
import { formatLine, printable, type ReadyAddresses, readyBlock } from "./launcher/output";
import { checkPorts } from "./launcher/ports";
import { type Processes, startProcesses } from "./launcher/processes";
import { waitUntilReady } from "./launcher/readiness";
import { listenForStop } from "./launcher/signals";

const READY_LIMIT_MS = 120_000;

const say = (text: string) => process.stderr.write(`${text}\n`);

/** `npm start` and `npm run dev`: everything from settings to two ready processes, until it is told to stop. */
export async function start(argv: readonly string[]): Promise<never> {
  let database: InstallationDatabase | undefined;
  let processes: Processes | undefined;
  const { stop } = listenForStop(() => {
    say("Stopped by force.");
    processes?.kill();
    process.exit(1);
  });
  stop.addEventListener("abort", () => {
    say("\nStopping the console, the service and the database.");
    // A build may be under way; nobody waits for it any more.
    void endRunning();
  });
  let exitCode = 0;
  try {
    const options = readOptions(argv);
    if (options.help) {
      process.stdout.write(`${START_HELP}\n`);
      process.exit(0);
    }
    await launch(options, stop, {
      database: (opened) => {
        database = opened;
      },
      processes: (started) => {
        processes = started;
      },
    });
  } catch (error) {
    if (!stop.aborted) {
      exitCode = 1;
      say(error instanceof Failure ? `\n${error.message}` : String((error as Error).stack ?? error));
    }
  }
  await endRunning();
  await processes?.stop();
  await database?.close();
  if (stop.aborted) say("Stopped.");
  process.exit(exitCode);
}

interface Started {
  database(database: InstallationDatabase): void;
  processes(processes: Processes): void;
}

async function launch(options: StartOptions, stop: AbortSignal, started: Started): Promise<void> {
  const began = Date.now() - process.uptime() * 1000;
  const settings = loadSettings();
  checkDataDir(dataDirOf(settings));
  await checkPorts(settings);
  const files = openFilesNote();
  if (files !== null) say(`  ${files}`);

  const open = async () => {
    const opened = await openInstallationDatabase(settings, true);
    started.database(opened);
    stop.throwIfAborted();
    return opened;
  };
  let database = await step("Starting the database", open);
  for (const note of [database.note, database.replica?.note]) if (note) say(`  ${note}`);
  const applied = await migrateInstallation(database.url);
  if (applied.length > 0) say(`  Applied ${applied.length} ${applied.length === 1 ? "migration" : "migrations"}.`);
  stop.throwIfAborted();
  const { masterKey, setupUrl } = await alone(database.url, () => prepareInstallation(settings, database.url));
  stop.throwIfAborted();
  if (!options.dev) await ensureBuilt();
  const serviceFile = options.dev ? null : await buildService(distDir());
  const consoleFile = await buildConsole(distDir());
  stop.throwIfAborted();

  const mark = randomBytes(16).toString("hex");
  const run = (url: string) => {
    const processes = startProcesses(
      childCommands({ settings, databaseUrl: url, masterKey, mark, consoleFile, serviceFile, dev: options.dev }),
      childEvents(),
    );
    started.processes(processes);
    return processes;
  };
  let processes = run(database.url);
  await step("Starting the console and the service", () =>
    waitUntilReady(
      [
        `http://${reachableHost(settings.CONSOLE_HOST)}:${settings.CONSOLE_PORT}/readyz`,
        `http://${reachableHost(settings.SERVICE_HOST)}:${settings.SERVICE_PORT}/readyz`,
      ],
      { mark, limitMs: READY_LIMIT_MS, stop },
    ),
  );

  const addresses: ReadyAddresses = {
    consoleUrl: settings.PUBLIC_CONSOLE_URL,
    apiUrl: settings.PUBLIC_API_URL,
    setupUrl,
    database: database.description,
    reach: reachNote(settings),
    tookMs: Date.now() - began,
  };
  process.stdout.write(`${readyBlock(addresses)}\n`);
  if (options.readyFile !== undefined) {
    replaceFile(options.readyFile, `${JSON.stringify({ ...addresses, pid: process.pid })}\n`);
  }

  const forgetRunning = noteRunning(process.env, dataDirOf(settings));
  if (forgetRunning !== null) process.once("exit", forgetRunning);

  const stopped = new Promise<null>((resolve) => {
    if (stop.aborted) resolve(null);
    stop.addEventListener("abort", () => resolve(null), { once: true });
  });
  for (;;) {
    const lost = await Promise.race([database.lost, stopped]);
    if (lost === null) return;
    const previousUrl = database.url;
    database = await reopenDatabase(lost, open, stop);
    if (database.url !== previousUrl) {
      await processes.stop();
      processes = run(database.url);
    }
  }
}

/** What must be there before the processes start: the master key, the first app, the first owner or a way to make one. */
async function prepareInstallation(settings: Env, url: string) {
  const db = openDatabase({ url, poolSize: 2, applicationName: "im-user-service launcher" });
  const masterKey = await loadMasterKey(settings, db).finally(() => db.close());
  const runtime = await createRuntime("launcher", { ...settings, DATABASE_URL: url, MASTER_KEY: masterKey });
  try {
    const firstApp = await ensureFirstApp(runtime.context, systemActor("setup"));
    if (firstApp !== null) say(`  Made the app "${firstApp.name}".`);
    const owner = await ensureFirstOwner(runtime.context, settings);
    return { masterKey, setupUrl: owner?.setupUrl ?? null };
  } finally {
    await runtime.close();
  }
}

async function reopenDatabase(
  reason: string,
  open: () => Promise<InstallationDatabase>,
  stop: AbortSignal,
): Promise<InstallationDatabase> {
  for (let attempt = 1; ; attempt++) {
    stop.throwIfAborted();
    say(`The embedded database is gone: ${reason}. Starting it again.`);
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const pauseMs = pauseAfter(attempt);
      say(`${error.message}\nNext try in ${pauseMs / 1000} s.`);
      await pause(pauseMs, undefined, { signal: stop });
    }
  }
}

function childEvents(): ChildEvents {
  const forPeople = process.stdout.isTTY === true;
  return {
    onLine(name, line, from) {
      const text = formatLine(name, line, from, forPeople);
      if (text !== "") process.stdout.write(`${text}\n`);
    },
    onDeath(name, reason, pauseMs) {
      say(`The ${name} has ended (${printable(reason)}). It starts again in ${pauseMs / 1000} s.`);
    },
  };
}
