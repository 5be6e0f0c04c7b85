import { randomBytes } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { migrationObstacle } from "@/lib/db/migrate";
import { withConnection } from "@/lib/db/session";
import { syncFolder } from "@/lib/durable-file";
import { databaseAccount, EmbeddedPostgresError } from "@/lib/embedded-postgres/account";
import { clusterMajor, createCluster } from "@/lib/embedded-postgres/cluster";
import {
  type ClusterState,
  clusterExists,
  prepareDataDir,
  readState,
  saveState,
} from "@/lib/embedded-postgres/cluster-state";
import { findPrograms, majorOf } from "@/lib/embedded-postgres/programs";
import { serveCluster } from "@/lib/embedded-postgres/serve-cluster";
import { bytesText, readDisk } from "@/lib/room/disk";
import { quoted } from "../backup/format";
import { keysOf } from "../backup/passphrase";
import { findTables } from "../backup/product-tables";
import { readHeader } from "../backup/read-backup";
import { newerThanThis, restoreBackup } from "../backup/restore-backup";
import { writeBackup } from "../backup/write-backup";
import { Failure } from "./failure";
import { findOlderPrograms } from "./older-programs";

export interface Upgraded {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  /** The old cluster, as it was. */
  readonly kept: string;
  /** Databases of the old server that are not the product's, and stay behind. */
  readonly others: readonly string[];
}

interface Given {
  readonly dataDir: string;
  /** Where the older PostgreSQL's programs are; undefined: they are found. */
  readonly programs: string | undefined;
  readonly product: string;
  say(step: string): void;
}

/** The dump and the new cluster, which is no larger than the old one, with some for the log. */
const ROOM_FACTOR = 1.5;

/**
 * Brings the embedded cluster of a data directory to the PostgreSQL that this version comes with: by a backup of the old one, restored into a new
 * one beside it, whose rows are counted. Only then the new one is the data directory's, by one write of a file. The old one is read and never
 * changed. Null when there is nothing to do. Throws `Failure`, and then everything is as it was.
 */
export async function upgradeCluster(given: Given): Promise<Upgraded | null> {
  const dataDir = prepareDataDir(given.dataDir);
  const state = readState(dataDir);
  if (state === null || !clusterExists(state.cluster)) throw new Failure(`There is no database in ${dataDir}.`);
  const account = await databaseAccount(state.cluster);
  try {
    const programs = await findPrograms(account);
    const [from, to] = [clusterMajor(state.cluster), majorOf(programs)];
    if (from === to) return null;
    if (from > to) throw new Failure(`PostgreSQL ${from} made this database; this version comes with ${to}.`);
    await requireRoomFor(state.cluster);
    const folder = path.join(dataDir, `postgresql-${from}`);
    const older = await findOlderPrograms({ major: from, account, given: given.programs, folder });
    const base = state.cluster.replace(/-\d+$/, (tail) => (tail === `-${from}` ? "" : tail));
    const next = `${base}-${to}`;
    const part = { ...state, cluster: `${next}.part` };
    const dump = `${base}.upgrade`;
    try {
      // What an upgrade that was broken off has left: nobody has used it.
      for (const left of [part.cluster, next]) rmSync(left, { recursive: true, force: true });
      for (const name of readdirSync(path.dirname(dump))) {
        if (name.startsWith(`${path.basename(dump)}.`)) rmSync(path.join(path.dirname(dump), name));
      }
      given.say(`Reading the database of PostgreSQL ${from}`);
      const passphrase = randomBytes(24).toString("base64url");
      const read = await serveCluster(older.programs, state, account, (url) =>
        onDatabase(url, async (client) => {
          const obstacle = await migrationObstacle(client);
          if (obstacle !== null) throw new Failure(obstacle);
          const secrets = { masterKey: "", settings: {} };
          await writeBackup(client, { file: dump, passphrase, secrets, product: given.product });
          return { counts: await countTables(client), others: await otherDatabases(client) };
        }),
      );
      const header = await readHeader(dump);
      const newer = newerThanThis(header);
      if (newer !== null) throw new Failure(newer);
      given.say(`Writing it into one of PostgreSQL ${to}`);
      await createCluster(programs, part, account);
      await serveCluster(programs, part, account, (url) =>
        onDatabase(url, async (client) => {
          const keys = await keysOf(passphrase, header.kdf);
          await restoreBackup(client, { file: dump, keys, replace: false, beforeCommit: () => {} });
          requireSame(read.counts, await countTables(client));
          await client.query("ANALYZE");
        }),
      );
      const kept = swap(state, { part: part.cluster, next, kept: `${base}-${from}.old` });
      const rows = [...read.counts.values()].reduce((sum, count) => sum + count, 0);
      return { from, to, rows, kept, others: read.others };
    } finally {
      rmSync(dump, { force: true });
      rmSync(part.cluster, { recursive: true, force: true });
      older.remove();
    }
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw new Failure(error.message, { cause: error });
    throw error;
  }
}

/** One write of a file says which cluster counts. What comes after it only names the old one so that nobody takes it for the new one. */
function swap(state: ClusterState, names: { part: string; next: string; kept: string }): string {
  renameSync(names.part, names.next);
  syncFolder(path.dirname(names.next));
  saveState({ ...state, cluster: names.next });
  if (existsSync(names.kept)) return state.cluster;
  renameSync(state.cluster, names.kept);
  syncFolder(path.dirname(names.kept));
  return names.kept;
}

/** Removes the clusters that upgrades have kept; gives their folders. */
export function removeKeptClusters(givenDataDir: string): string[] {
  const dataDir = prepareDataDir(givenDataDir);
  const state = readState(dataDir);
  if (state === null || !clusterExists(state.cluster)) throw new Failure(`There is no database in ${dataDir}.`);
  const folder = path.dirname(state.cluster);
  const base = path.basename(state.cluster).replace(/-\d+$/, "");
  const kept = readdirSync(folder)
    .filter((name) => name.startsWith(`${base}-`) && /^\d+\.old$/.test(name.slice(base.length + 1)))
    .map((name) => path.join(folder, name))
    .filter((old) => old !== state.cluster && clusterExists(old));
  for (const old of kept) rmSync(old, { recursive: true });
  return kept;
}

const onDatabase = <T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> =>
  withConnection({ url, applicationName: "im-user-service upgrade" }, work);

async function countTables(client: pg.Client): Promise<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (const { table } of await findTables(client)) {
    const { rows } = await client.query<{ count: string }>(`SELECT count(*) AS count FROM ${quoted(table)}`);
    counts.set(table, Number(rows[0]?.count));
  }
  return counts;
}

function requireSame(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): void {
  for (const table of new Set([...before.keys(), ...after.keys()])) {
    if (before.get(table) === after.get(table)) continue;
    throw new Failure(
      `The table ${table} has ${after.get(table) ?? 0} rows in the new database, and ${before.get(table) ?? 0} in the old one. The old one stays in use.`,
    );
  }
}

async function otherDatabases(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database
     WHERE NOT datistemplate AND datname NOT IN ('postgres', current_database()) ORDER BY datname`,
  );
  return rows.map(({ name }) => name);
}

async function requireRoomFor(cluster: string): Promise<void> {
  const needed = sizeOf(cluster) * ROOM_FACTOR;
  const disk = await readDisk(path.dirname(cluster));
  if (disk === null || disk.freeBytes >= needed) return;
  throw new Failure(
    `The upgrade needs ${bytesText(needed)} beside ${cluster}, and ${bytesText(disk.freeBytes)} are free there. Make room first.`,
  );
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(path.join(entry.parentPath, entry.name)).size, 0);
}
