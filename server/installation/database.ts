import { placeOf } from "@/lib/db/address";
import { MigrationError, migrate } from "@/lib/db/migrate";
import { EmbeddedPostgresError, openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";
import type { Env } from "@/lib/env";
import { connectionsNote } from "./connections";
import { checkDataDir } from "./data-dir";
import { otherDatabaseFault, otherSchemaFault, separateRoles } from "./database-roles";
import { Failure } from "./failure";
import { type DatabaseFault, inspectDatabase } from "./preflight";
import { inspectReplica } from "./replica";
import { dataDirOf } from "./settings";

/** The installation's database, there and answering. */
export interface InstallationDatabase {
  /** For the running product. */
  readonly url: string;
  /** For migrations, a restore and maintenance: the role that owns the tables. The same address where there is one alone. */
  readonly ownerUrl: string;
  /** Where the embedded one lies; absent for a server of one's own. */
  readonly folder?: string;
  /** What the operator may want to read about it. */
  readonly description: string;
  /** What the operator should change about its connections, although the product runs; null: nothing. */
  readonly note: string | null;
  /** The replica that shows what is only shown; null: there is none. */
  readonly replica: InstallationReplica | null;
  /** Resolves with the reason when the embedded server goes away; never for a server of one's own. */
  readonly lost: Promise<string>;
  close(): Promise<void>;
}

export interface InstallationReplica {
  /** What the operator may want to read about it. */
  readonly description: string;
  /** Why it is not used just now; null: it is. */
  readonly note: string | null;
}

/** The database of one's own cannot serve; `message` has a line for each reason. */
export class DatabaseFailure extends Failure {
  constructor(readonly faults: readonly DatabaseFault[]) {
    super(faults.map(({ sentence }) => sentence).join("\n"));
    this.name = "DatabaseFailure";
  }
}

/** Finds the database at DATABASE_URL, or runs the embedded one. Throws `Failure`. */
export async function openInstallationDatabase(settings: Env, guard: boolean): Promise<InstallationDatabase> {
  if (settings.DATABASE_URL !== undefined) return openOwnDatabase(settings, settings.DATABASE_URL);
  const dataDir = dataDirOf(settings);
  checkDataDir(dataDir);
  try {
    const server = await openEmbeddedPostgres({
      dataDir,
      guard,
      onLogError: (error) =>
        process.stderr.write(`The log of PostgreSQL cannot be bounded: ${(error as Error).message}\n`),
    });
    return {
      url: server.url,
      ownerUrl: server.ownerUrl,
      folder: server.cluster,
      description: `embedded PostgreSQL on port ${server.port}`,
      note: null,
      replica: null,
      lost: server.lost,
      close: async () => {
        await server.close();
      },
    };
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw new Failure(error.message, { cause: error });
    throw error;
  }
}

async function openOwnDatabase(settings: Env, url: string): Promise<InstallationDatabase> {
  const { DATABASE_MIGRATE_URL: ownerUrl = url } = settings;
  const schema = otherSchemaFault(url, ownerUrl);
  if (schema !== null) throw new DatabaseFailure([schema]);
  const { faults, connections } = await inspectDatabase(url, { tables: ownerUrl === url });
  if (ownerUrl !== url) {
    faults.push(...(await inspectDatabase(ownerUrl, { variable: "DATABASE_MIGRATE_URL" })).faults);
    const other = faults.length === 0 ? await otherDatabaseFault(url, ownerUrl) : null;
    if (other !== null) faults.push(other);
  }
  if (faults.length > 0) throw new DatabaseFailure(faults);
  return {
    url,
    ownerUrl,
    description: `PostgreSQL at ${placeOf(url)}`,
    note: connectionsNote(settings, connections),
    replica: await openInstallationReplica(settings.DATABASE_REPLICA_URL, url),
    lost: new Promise(() => {}),
    close: async () => {},
  };
}

async function openInstallationReplica(
  replicaUrl: string | undefined,
  primaryUrl: string,
): Promise<InstallationReplica | null> {
  if (replicaUrl === undefined) return null;
  const { fault, note, behindMs } = await inspectReplica(replicaUrl, primaryUrl);
  if (fault !== null) throw new DatabaseFailure([{ check: "replica", sentence: fault }]);
  return { description: `standby at ${placeOf(replicaUrl)}, at most ${behindMs} ms behind`, note };
}

/** Applies pending migrations, grants what the running product needs, and gives the migrations' names. Throws `Failure`. */
export async function migrateInstallation({
  url,
  ownerUrl,
}: Pick<InstallationDatabase, "url" | "ownerUrl">): Promise<string[]> {
  try {
    const applied = await migrate(ownerUrl);
    const faults = ownerUrl === url ? [] : await separateRoles(url, ownerUrl);
    if (faults.length > 0) throw new DatabaseFailure(faults);
    return applied;
  } catch (error) {
    if (error instanceof MigrationError) throw new Failure(error.message, { cause: error });
    throw error;
  }
}
