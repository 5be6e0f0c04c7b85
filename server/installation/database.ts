import { placeOf } from "@/lib/db/address";
import { MigrationError, migrate } from "@/lib/db/migrate";
import { EmbeddedPostgresError, openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";
import type { Env } from "@/lib/env";
import { connectionsNote } from "./connections";
import { checkDataDir } from "./data-dir";
import { Failure } from "./failure";
import { type DatabaseFault, inspectDatabase } from "./preflight";
import { inspectReplica } from "./replica";
import { dataDirOf } from "./settings";

/** The installation's database, there and answering. */
export interface InstallationDatabase {
  readonly url: string;
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

/** The database at DATABASE_URL cannot serve; `message` has a line for each reason. */
export class DatabaseFailure extends Failure {
  constructor(readonly faults: readonly DatabaseFault[]) {
    super(faults.map(({ sentence }) => sentence).join("\n"));
    this.name = "DatabaseFailure";
  }
}

/** Finds the database at DATABASE_URL, or runs the embedded one. Throws `Failure`. */
export async function openInstallationDatabase(settings: Env, guard: boolean): Promise<InstallationDatabase> {
  if (settings.DATABASE_URL !== undefined) {
    const { faults, connections } = await inspectDatabase(settings.DATABASE_URL);
    if (faults.length > 0) throw new DatabaseFailure(faults);
    return {
      url: settings.DATABASE_URL,
      description: `PostgreSQL at ${placeOf(settings.DATABASE_URL)}`,
      note: connectionsNote(settings, connections),
      replica: await openInstallationReplica(settings.DATABASE_REPLICA_URL, settings.DATABASE_URL),
      lost: new Promise(() => {}),
      close: async () => {},
    };
  }
  const dataDir = dataDirOf(settings);
  checkDataDir(dataDir);
  try {
    const server = await openEmbeddedPostgres({ dataDir, guard });
    return {
      url: server.url,
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

async function openInstallationReplica(
  replicaUrl: string | undefined,
  primaryUrl: string,
): Promise<InstallationReplica | null> {
  if (replicaUrl === undefined) return null;
  const { fault, note, behindMs } = await inspectReplica(replicaUrl, primaryUrl);
  if (fault !== null) throw new DatabaseFailure([{ check: "replica", sentence: fault }]);
  return { description: `standby at ${placeOf(replicaUrl)}, at most ${behindMs} ms behind`, note };
}

/** Applies pending migrations and gives their names. Throws `Failure`. */
export async function migrateInstallation(url: string): Promise<string[]> {
  try {
    return await migrate(url);
  } catch (error) {
    if (error instanceof MigrationError) throw new Failure(error.message, { cause: error });
    throw error;
  }
}
