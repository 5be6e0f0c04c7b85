import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { recordInstallationAct } from "@/lib/core/audit/record-installation-act";
import { masterKeyBytes } from "@/lib/core/secrets";
import { schemaOf } from "@/lib/db/address";
import { ensureSchema, migrationObstacle, pendingMigrations } from "@/lib/db/migrate";
import { withConnection } from "@/lib/db/session";
import { createFile } from "@/lib/durable-file";
import type { Env } from "@/lib/env";
import { findPassphrase } from "../backup/ask-passphrase";
import { asDotEnv, keptSettings } from "../backup/kept-settings";
import { openSecrets, readBackup, readHeader } from "../backup/read-backup";
import { newerThanThis, restoreBackup } from "../backup/restore-backup";
import { writeBackup } from "../backup/write-backup";
import { type InstallationDatabase, migrateInstallation, openInstallationDatabase } from "../installation/database";
import { Failure } from "../installation/failure";
import { systemActor } from "../installation/first-run";
import { adoptNextKey, findMasterKey, keepNextKey, missingKey, tryMasterKey } from "../installation/master-key";
import { withInstallation } from "../installation/runtime";
import { settingsOfInstallation } from "../installation/which";
import { type Command, type FlagValues, optional, type SettingsCommand, UsageError } from "./command";
import { productVersion } from "./product-version";

const text = { type: "string" } as const;
const PASSPHRASE_FLAG = { "passphrase-file": text } as const;
const NO_PASSPHRASE = "A passphrase is missing: --passphrase-file FILE, BACKUP_PASSPHRASE, or a terminal to ask on.";

const MIB = 1024 ** 2;
const rowsIn = (rows: Readonly<Record<string, number>>) => Object.values(rows).reduce((sum, count) => sum + count, 0);

function fileOf(file: string | undefined): string {
  if (file === undefined || file === "") throw new UsageError("Name the file of the backup.");
  return file;
}

/** Throws `Failure` when a file cannot be made under that name. */
function checkNewFile(file: string): void {
  if (existsSync(file)) throw new Failure(`${file} is there already. Name a new file.`);
  try {
    accessSync(path.dirname(path.resolve(file)), constants.W_OK);
  } catch (error) {
    throw new Failure(`${file} cannot be written: ${(error as Error).message}.`, { cause: error });
  }
}

async function neededPassphrase(settings: Env, flags: FlagValues, isNew: boolean): Promise<string> {
  const passphrase = await findPassphrase({ settings, file: optional(flags, "passphrase-file"), isNew });
  if (passphrase === null) throw new UsageError(NO_PASSPHRASE);
  return passphrase;
}

/** Runs `work` on a connection of the tables' owner to an installation's database, as it is: nothing is migrated. */
async function onDatabase<T>(
  settings: Env,
  name: string,
  work: (client: pg.Client, database: InstallationDatabase) => Promise<T>,
): Promise<T> {
  const database = await openInstallationDatabase(settings, false);
  try {
    return await withConnection({ url: database.ownerUrl, applicationName: `im-user-service ${name}` }, (client) =>
      work(client, database),
    );
  } finally {
    await database.close();
  }
}

/** The master key, checked against what the database holds. Throws `Failure`. */
async function rightMasterKey(settings: Env, client: pg.Client): Promise<string> {
  const found = findMasterKey(settings);
  if (found === null) throw new Failure(missingKey(settings));
  if ((await tryMasterKey(client, found.key)) === "wrong")
    throw new Failure(`The master key (${found.source}) does not open the stored secrets.`);
  return found.key;
}

const backup: SettingsCommand = {
  name: "backup",
  usage: "FILE [--passphrase-file FILE]",
  summary: "write the database, the master key and the settings into one file, while the product runs",
  needs: "settings",
  flags: PASSPHRASE_FLAG,
  positionals: ["file"],
  async run(settings, flags, [given], { env }) {
    const file = fileOf(given);
    checkNewFile(file);
    const passphrase = await neededPassphrase(settings, flags, true);
    const installation = settingsOfInstallation(settings, env);
    const written = await onDatabase(installation, "backup", async (client) => {
      const obstacle = await migrationObstacle(client);
      if (obstacle !== null) throw new Failure(obstacle);
      const masterKey = await rightMasterKey(installation, client);
      const secrets = { masterKey, settings: keptSettings(env) };
      const done = await writeBackup(client, { file, passphrase, secrets, product: productVersion() });
      return { ...done, upToDate: (await pendingMigrations(client)).length === 0 };
    });
    // What was written is read again: a backup that cannot be read is found out while there is something to back up.
    await readBackup(file, null, { table: countRows });
    const rows = rowsIn(written.rows);
    // Before an upgrade there may not be the audit log that this version writes.
    if (written.upToDate) await record(installation, "installation.backed_up", { rows, of: written.createdAt });
    return {
      data: { file, createdAt: written.createdAt, bytes: written.bytes, rows: written.rows, verified: true },
      text: `${file}: ${rows} rows as of ${written.createdAt}, ${(written.bytes / MIB).toFixed(1)} MiB, read again and whole.
Keep the passphrase elsewhere: without it the secrets in the backup cannot be opened.`,
    };
  },
};

const verify: SettingsCommand = {
  name: "backup verify",
  usage: "FILE [--passphrase-file FILE]",
  summary:
    "check that a backup is whole; with its passphrase also that nobody has changed it, and that its secrets open",
  needs: "settings",
  flags: PASSPHRASE_FLAG,
  positionals: ["file"],
  async run(settings, flags, [given]) {
    const file = fileOf(given);
    const header = await readHeader(file);
    const passphrase = await findPassphrase({ settings, file: optional(flags, "passphrase-file"), isNew: false });
    const opened = passphrase === null ? null : await openSecrets(header, passphrase);
    const { rows } = await readBackup(file, opened?.keys ?? null, { table: countRows });
    const newer = newerThanThis(header);
    const lines = [
      `${file} is whole: ${rowsIn(rows)} rows as of ${header.createdAt}, of version ${header.product}, PostgreSQL ${header.postgresql}.`,
      opened === null
        ? "Without the passphrase only damage is found, not what somebody has changed on purpose."
        : "Nobody has changed it, and its secrets open.",
      ...(newer === null ? [] : [newer]),
    ];
    const { createdAt, product, migrations } = header;
    return {
      data: { ok: newer === null, createdAt, product, migrations, rows, opened: opened !== null },
      text: lines.join("\n"),
      exitCode: newer === null ? 0 : 1,
    };
  },
};

const restore: SettingsCommand = {
  name: "restore",
  usage: "FILE [--passphrase-file FILE] [--replace] [--settings-file NEW-FILE]",
  summary:
    "put a backup into an empty installation, or with --replace in the place of what is there; the product must be stopped",
  needs: "settings",
  flags: { ...PASSPHRASE_FLAG, replace: { type: "boolean" }, "settings-file": text },
  positionals: ["file"],
  async run(settings, flags, [given]) {
    const file = fileOf(given);
    const header = await readHeader(file);
    const newer = newerThanThis(header);
    if (newer !== null) throw new Failure(newer);
    const { keys, secrets } = await openSecrets(header, await neededPassphrase(settings, flags, false));
    refuseOtherKey(settings, secrets.masterKey);
    // The whole of it first: a damaged one is refused before anything is touched.
    await readBackup(file, keys, { table: countRows });
    const restored = await onDatabase(settings, "restore", async (client, database) => {
      await ensureSchema(client, schemaOf(database.ownerUrl));
      const keepsKey = settings.MASTER_KEY === undefined;
      const read = await restoreBackup(client, {
        file,
        keys,
        replace: flags.replace === true,
        beforeCommit: () => (keepsKey ? keepNextKey(settings, secrets.masterKey) : undefined),
      });
      if (keepsKey) adoptNextKey(settings);
      const migrated = await migrateInstallation(database);
      await client.query("ANALYZE");
      return { rows: read.rows, migrated };
    });
    await record(settings, "installation.restored", { rows: rowsIn(restored.rows), of: header.createdAt });
    const names = Object.keys(secrets.settings);
    const settingsFile = optional(flags, "settings-file");
    if (settingsFile !== undefined && !createFile(settingsFile, asDotEnv(secrets.settings))) {
      throw new Failure(`Everything is restored, but ${settingsFile} is there already: the settings were not written.`);
    }
    const lines = [
      `Restored ${rowsIn(restored.rows)} rows as of ${header.createdAt}, with the master key.`,
      ...(restored.migrated.length > 0 ? [`Applied ${restored.migrated.length} migrations that are newer.`] : []),
      ...(names.length === 0
        ? []
        : [
            settingsFile === undefined
              ? `These settings were set there: ${names.join(", ")}. \`--settings-file NEW-FILE\` writes them down.`
              : `The settings of then are in ${settingsFile}; put those you want into .env.`,
          ]),
    ];
    return {
      data: { createdAt: header.createdAt, ...restored, settings: names, settingsFile: settingsFile ?? null },
      text: lines.join("\n"),
    };
  },
};

/** Writes into the audit log what these commands did past the core. */
function record(
  settings: Env,
  action: "installation.backed_up" | "installation.restored",
  after: { rows: number; of: string },
) {
  return withInstallation("backup", settings, ({ context }) =>
    recordInstallationAct(context, systemActor("cli"), action, after),
  );
}

function refuseOtherKey(settings: Env, masterKey: string): void {
  if (settings.MASTER_KEY === undefined) return;
  if (masterKeyBytes(settings.MASTER_KEY).equals(masterKeyBytes(masterKey))) return;
  throw new Failure(
    "MASTER_KEY is set, to another key than the backup's. Unset it, and the backup's key goes into the data directory.",
  );
}

async function countRows(_table: unknown, lines: AsyncIterable<Buffer>): Promise<number> {
  let count = 0;
  for await (const block of lines) {
    for (let at = block.indexOf(10); at !== -1; at = block.indexOf(10, at + 1)) count += 1;
  }
  return count;
}

export const backupCommands: readonly Command[] = [backup, verify, restore];
