import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { replaceFile } from "@/lib/durable-file";
import { openFilesNote } from "@/lib/http/connection-room";
import { endRunning } from "../scripts/setup/run.mjs";
import { step } from "../scripts/setup/steps.mjs";
import { checkDataDir } from "./installation/data-dir";
import { type InstallationDatabase, openInstallationDatabase } from "./installation/database";
import { Failure } from "./installation/failure";
import { prepareInstallation } from "./installation/prepare-installation";
import { noteRunning } from "./installation/running";
import { dataDirOf, loadSettings } from "./installation/settings";
import { reachableHost, reachNote } from "./launcher/addresses";
import { type ChildEvents, pauseAfter } from "./launcher/child";
import { childCommands } from "./launcher/commands";
import { readOptions, type StartOptions, startHelp } from "./launcher/options";
import { formatLine, printable, type ReadyAddresses, readyBlock } from "./launcher/output";
import { checkPorts } from "./launcher/ports";
import { type Processes, startProcesses } from "./launcher/processes";
import type { FindPrograms } from "./launcher/programs";
import { waitUntilReady } from "./launcher/readiness";
import { listenForStop } from "./launcher/signals";
import { tellUnit } from "./launcher/tell-unit";
import { startPart } from "./start-part";

const READY_LIMIT_MS = 120_000;

const say = (text: string) => process.stderr.write(`${text}\n`);

/**
 * `npm start`, `npm run dev` and a release's `node server.mjs`: everything from settings to two ready processes, until it is told to
 * stop; or one part of it, in this process.
 */
export async function start(argv: readonly string[], find: FindPrograms): Promise<void> {
  try {
    const options = readOptions(argv);
    if (options.help) process.stdout.write(`${startHelp()}\n`);
    else if (options.part !== undefined) await startPart(options.part, loadSettings(), find, say);
    else await startEverything(options, find);
  } catch (error) {
    sayError(error);
    process.exit(1);
  }
}

const sayError = (error: unknown) =>
  say(error instanceof Failure ? `\n${error.message}` : String((error as Error).stack ?? error));

async function startEverything(options: StartOptions, find: FindPrograms): Promise<never> {
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
    await launch(options, find, stop, {
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
      sayError(error);
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

async function launch(options: StartOptions, find: FindPrograms, stop: AbortSignal, started: Started): Promise<void> {
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
  // A build takes half a minute and needs no database.
  const finding = find(options);
  finding.catch(() => {});
  let database = await step("Starting the database", open);
  for (const note of [database.note, database.replica?.note]) if (note) say(`  ${note}`);
  const { masterKey, setupUrl } = await prepareInstallation(settings, database, say, stop);
  stop.throwIfAborted();
  const programs = await finding;
  stop.throwIfAborted();

  const mark = randomBytes(16).toString("hex");
  const run = ({ url, folder }: InstallationDatabase) => {
    const processes = startProcesses(
      childCommands({
        settings,
        databaseUrl: url,
        databaseFolder: folder,
        masterKey,
        mark,
        ...programs,
        dev: options.dev,
      }),
      childEvents(),
    );
    started.processes(processes);
    return processes;
  };
  let processes = run(database);
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

  await tellUnit();

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
      processes = run(database);
    }
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
