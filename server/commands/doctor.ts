import { checkEveryLog } from "@/lib/core/audit/check-log";
import { openSecretBox } from "@/lib/core/master-key/retired-key-store";
import { type Database, openDatabase } from "@/lib/db/database";
import { migrationNames, migrationObstacle, pendingMigrations } from "@/lib/db/migrate";
import { isInside, readState } from "@/lib/embedded-postgres/cluster-state";
import { type Env, START_MARK_HEADER } from "@/lib/env";
import { openFileLimit, openFilesNote } from "@/lib/http/connection-room";
import { ownCommands } from "@/lib/own-commands";
import { bytesText, judgeDisk, keptBytes, readDisk, usedShare } from "@/lib/room/disk";
import { unencryptedSettings } from "@/lib/unencrypted";
import { checkDataDir } from "../installation/data-dir";
import {
  DatabaseFailure,
  type InstallationDatabase,
  type InstallationReplica,
  openInstallationDatabase,
} from "../installation/database";
import { guardOfRole } from "../installation/database-roles";
import { findMasterKey, missingKey, tryMasterKey } from "../installation/master-key";
import { HIGHEST_TESTED_POSTGRES, LEAST_POSTGRES } from "../installation/preflight";
import { dataDirOf } from "../installation/settings";
import { reachableHost } from "../launcher/addresses";
import { bindError } from "../launcher/ports";
import type { SettingsCommand } from "./command";
import { type Finding, note, ok, wrong } from "./finding";

/** What there is to say of the programs themselves, which depends on how they came here. */
export type ProgramFindings = () => Promise<Finding[]>;

function dataDirFinding(settings: Env): Finding {
  const dataDir = dataDirOf(settings);
  try {
    checkDataDir(dataDir);
  } catch (error) {
    return wrong("data directory", (error as Error).message);
  }
  return ok("data directory", dataDir);
}

/** The disks of the data directory and of the embedded database, which may lie elsewhere. */
async function roomFindings(settings: Env): Promise<Finding[]> {
  const dataDir = dataDirOf(settings);
  const cluster = settings.DATABASE_URL === undefined ? readState(dataDir)?.cluster : undefined;
  const findings: Finding[] = [];
  for (const [check, folder] of [
    ["disk", dataDir],
    ["disk of the database", cluster === undefined || isInside({ dataDir, cluster }) ? undefined : cluster],
  ] as const) {
    const disk = folder === undefined ? null : await readDisk(folder);
    if (disk === null) continue;
    const facts = `${folder}: ${bytesText(disk.freeBytes)} free, ${Math.round(usedShare(disk) * 100)} % used`;
    const level = judgeDisk(disk);
    if (level === "enough") findings.push(ok(check, facts));
    else if (level === "short") {
      findings.push(note(check, `${facts}. Make room: below ${bytesText(keptBytes(disk))} changes are refused.`));
    } else findings.push(wrong(check, `${facts}. Make room: changes are refused.`));
  }
  return findings;
}

function openFilesFinding(): Finding {
  const limit = openFileLimit();
  const low = openFilesNote(limit);
  return low === null
    ? ok("open files", `${limit ?? "as many as this system allows"} for each process`)
    : note("open files", low);
}

async function portFinding(name: string, variable: string, host: string, port: number): Promise<Finding> {
  const code = await bindError(port);
  if (code === null) return ok(name, `${port} is free; the product is not running on it`);
  if (code !== "EADDRINUSE") return wrong(name, `port ${port} cannot be used (${code}): set ${variable} to another.`);
  const taken = `port ${port} is taken by another program: stop it, or set ${variable} to another.`;
  try {
    const response = await fetch(`http://${reachableHost(host)}:${port}/readyz`, { signal: AbortSignal.timeout(3000) });
    if (!response.headers.has(START_MARK_HEADER)) return wrong(name, taken);
    return response.ok
      ? ok(name, `${port} answers and is ready`)
      : wrong(name, `port ${port} is taken, and /readyz answers ${response.status}: look at the log of the ${name}.`);
  } catch {
    return wrong(name, taken);
  }
}

async function databaseFindings(settings: Env): Promise<Finding[]> {
  let database: InstallationDatabase;
  try {
    database = await openInstallationDatabase(settings, false);
  } catch (error) {
    if (!(error instanceof DatabaseFailure)) return [wrong("database", (error as Error).message)];
    return error.faults.map(({ check, sentence }) =>
      wrong(check === "answer" ? "database" : `database ${check}`, sentence),
    );
  }
  // As the tables' owner: before the next start the other role may have no rights yet.
  const db = openDatabase({ url: database.ownerUrl, poolSize: 2, applicationName: "im-user-service doctor" });
  try {
    const { rows } = await db.pool.query<{ version: string; connections: number; used: number }>(
      `SELECT current_setting('server_version') AS version, current_setting('max_connections')::int AS connections,
         (SELECT count(*)::int FROM pg_stat_activity) AS used`,
    );
    const server = rows[0];
    const untested = server !== undefined && Number.parseInt(server.version, 10) > HIGHEST_TESTED_POSTGRES;
    const tested = untested ? `; tested are ${LEAST_POSTGRES} to ${HIGHEST_TESTED_POSTGRES}` : "";
    const findings = [ok("database", `${database.description}, version ${server?.version}${tested}`)];
    if (database.note !== null) findings.push(note("connections", database.note));
    else if (server !== undefined && server.connections - server.used < settings.DATABASE_POOL_SIZE) {
      findings.push(
        note(
          "connections",
          `${server.used} of ${server.connections} are in use: raise max_connections or lower DATABASE_POOL_SIZE.`,
        ),
      );
    }
    if (database.replica !== null) findings.push(replicaFinding(database.replica));
    const pending = await pendingMigrations(db.pool);
    const obstacle = await migrationObstacle(db.pool);
    if (obstacle !== null) findings.push(wrong("migrations", obstacle));
    else if (pending.length === 0) findings.push(ok("migrations", `all ${migrationNames().length} applied`));
    else
      findings.push(note("migrations", `${pending.length} pending: the next \`${ownCommands().start}\` applies them.`));
    findings.push(pending.includes(migrationNames()[0] ?? "") ? unusedKey(settings) : await keyFinding(settings, db));
    if (pending.length === 0) {
      const { guarded, detail } = await guardOfRole(database.url, settings.DATABASE_URL === undefined);
      findings.push((guarded ? ok : note)("database role", detail), ...(await auditFindings(settings, db)));
    }
    return findings;
  } catch (error) {
    return [wrong("database", (error as Error).message)];
  } finally {
    await db.close();
    await database.close();
  }
}

const replicaFinding = ({ description, note: why }: InstallationReplica) =>
  why === null ? ok("replica", description) : note("replica", why);

const unusedKey = (settings: Env) =>
  ok("master key", findMasterKey(settings) === null ? "will be made on the first start" : "there, not yet used");

async function keyFinding(settings: Env, db: Database): Promise<Finding> {
  try {
    const found = findMasterKey(settings);
    if (found === null) {
      // Any key tells whether there is something that it would have to open.
      const unused = (await tryMasterKey(db.pool, "0".repeat(64))) === "unused";
      return unused ? unusedKey(settings) : wrong("master key", missingKey(settings));
    }
    const state = await tryMasterKey(db.pool, found.key);
    return state === "wrong"
      ? wrong("master key", `${found.source} does not open the stored secrets: restore the one that belongs to them.`)
      : ok(
          "master key",
          `${found.source} ${state === "right" ? "opens the stored secrets" : "is there, not yet used"}`,
        );
  } catch (error) {
    return wrong("master key", (error as Error).message);
  }
}

/** A look at years of entries is what `audit check` is for. */
const AUDIT_MS = 5_000;

async function auditFindings(settings: Env, db: Database): Promise<Finding[]> {
  const found = findMasterKey(settings);
  if (found === null || (await tryMasterKey(db.pool, found.key)) === "wrong") return [];
  const secrets = await openSecretBox(db.prisma, found.key);
  const { logs, misfits } = await checkEveryLog({ db, secrets, now: Date.now }, AUDIT_MS);
  const wrongs = [
    ...logs.flatMap((log) => log.misfits.map(({ words }) => `${log.name}: ${words}`)),
    ...misfits.map(({ words }) => words),
  ];
  if (wrongs.length > 0) {
    const more = wrongs.length > 3 ? ` And ${wrongs.length - 3} more: run \`${ownCommands().cli} audit check\`.` : "";
    return [wrong("audit log", `${wrongs.slice(0, 3).join(" ")}${more}`)];
  }
  const entries = logs.reduce((sum, log) => sum + log.entries, 0);
  const whole = logs.every((log) => log.whole);
  return [ok("audit log", `${whole ? "all" : "the latest"} ${entries} sealed entries are as they were written`)];
}

/** Of addresses that say so themselves: what cannot be known, such as a network of one's own, is for people to judge. */
function encryptionFinding(settings: Env): Finding {
  const clear = unencryptedSettings(settings);
  return clear.length === 0
    ? ok("encryption", "nothing that is set crosses a network in the clear")
    : note(
        "encryption",
        clear.map(({ variable, instead }) => `${variable} crosses a network in the clear: ${instead}.`).join(" "),
      );
}

const MARKS = { ok: "ok   ", note: "note ", wrong: "WRONG" } as const;

export const doctorCommand = (programFindings: ProgramFindings): SettingsCommand => ({
  name: "doctor",
  usage: "",
  summary: "check this installation and say what is wrong and what to do",
  needs: "settings",
  flags: {},
  async run(settings) {
    const findings = [
      ...(await programFindings()),
      dataDirFinding(settings),
      ...(await roomFindings(settings)),
      openFilesFinding(),
      encryptionFinding(settings),
      ...(await databaseFindings(settings)),
      await portFinding("console", "CONSOLE_PORT", settings.CONSOLE_HOST, settings.CONSOLE_PORT),
      await portFinding("service", "SERVICE_PORT", settings.SERVICE_HOST, settings.SERVICE_PORT),
    ];
    const broken = findings.filter((finding) => finding.state === "wrong").length;
    const lines = findings.map((finding) => `${MARKS[finding.state]}  ${finding.check}: ${finding.detail}`);
    const verdict = broken === 0 ? "Nothing is wrong." : `${broken} ${broken === 1 ? "thing is" : "things are"} wrong.`;
    return {
      data: { ok: broken === 0, findings },
      text: `${lines.join("\n")}\n\n${verdict}`,
      exitCode: broken === 0 ? 0 : 1,
    };
  },
});
