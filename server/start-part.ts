import cluster from "node:cluster";
import { randomBytes } from "node:crypto";
import { pathToFileURL } from "node:url";
import { type Env, START_MARK_VARIABLE } from "@/lib/env";
import { openFilesNote } from "@/lib/http/connection-room";
import { ownCommands } from "@/lib/own-commands";
import { openInstallationDatabase } from "./installation/database";
import { Failure } from "./installation/failure";
import { findMasterKey } from "./installation/master-key";
import { prepareInstallation } from "./installation/prepare-installation";
import { dataDirOf } from "./installation/settings";
import { LEASH, partVariables } from "./launcher/commands";
import type { Part } from "./launcher/options";
import type { FindPrograms } from "./launcher/programs";

/**
 * One part of the product where something else watches over processes (a container, a unit, a job). The console and the service run in
 * this very process, so that signals and its end are theirs; `migrate` ends. Throws `Failure`.
 */
export async function startPart(
  part: Part,
  settings: Env,
  find: FindPrograms,
  say: (text: string) => void,
): Promise<void> {
  if (part === "migrate") {
    const database = await openInstallationDatabase(settings, false);
    try {
      for (const note of [database.note, database.replica?.note]) if (note) say(`  ${note}`);
      const { setupUrl } = await prepareInstallation(settings, database, say);
      say("  The database is ready.");
      if (setupUrl !== null)
        say(`\n  Nobody can sign in yet. Open this link once to create the owner:\n  ${setupUrl}\n`);
    } finally {
      await database.close();
    }
    return;
  }
  if (settings.DATABASE_URL === undefined) {
    throw new Failure(`The ${part} by itself needs a database that the other parts reach too: set DATABASE_URL.`);
  }
  const masterKey = findMasterKey(settings)?.key;
  if (masterKey === undefined) {
    throw new Failure(
      `There is no master key: set MASTER_KEY to the same for every part, or run \`${ownCommands().startWith} migrate\` first, which makes one in ${dataDirOf(settings)} (DATA_DIR).`,
    );
  }
  const files = openFilesNote();
  if (files !== null) say(`  ${files}`);
  const { consoleFile, serviceFile } = await find({ dev: false });
  const file = part === "service" && serviceFile !== null ? serviceFile : consoleFile;
  const variables = partVariables(part, settings, { databaseUrl: settings.DATABASE_URL, masterKey, dev: false });
  for (const name of Object.keys(process.env)) if (!(name in variables)) delete process.env[name];
  // By which `doctor` knows the product from other programs on its ports.
  Object.assign(process.env, variables, { [START_MARK_VARIABLE]: randomBytes(16).toString("hex") });
  // The service's workers are processes of its file, not of this one.
  cluster.setupPrimary({ exec: file, args: [], execArgv: [...process.execArgv, "--import", LEASH] });
  process.setSourceMapsEnabled(true);
  await import(LEASH);
  await import(pathToFileURL(file).href);
}
