import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { createFile, makeFolder, readDurableFile, replaceFile } from "@/lib/durable-file";
import { type Account, canReach, EmbeddedPostgresError, isRoot, OPEN_PLACE } from "./account";

/** What is remembered about the cluster of one data directory, in `postgres.json` (mode 600). */
export interface ClusterState {
  readonly id: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** Absolute folder of the cluster; below the data directory it is written relative to it. */
  readonly cluster: string;
  /** The data directory that this was made for, so that a copy does not use the original's cluster. */
  readonly dataDir: string;
}

/** Makes the data directory: closed to others, but passable for the database's account when started as root. */
export function prepareDataDir(dataDir: string): string {
  makeFolder(dataDir);
  if (isRoot() ? statSync(dataDir).uid === 0 : statSync(dataDir).uid === process.getuid?.()) {
    chmodSync(dataDir, isRoot() ? 0o711 : 0o700);
  }
  return realpathSync(dataDir);
}

const stateFile = (dataDir: string) => path.join(dataDir, "postgres.json");

/** The remembered cluster of a data directory; null before its first start, and when a power cut has emptied the file. */
export function readState(dataDir: string): ClusterState | null {
  const stored = parseState(stateFile(dataDir));
  if (stored === null) return null;
  const state = { ...stored, cluster: path.resolve(dataDir, stored.cluster) };
  if (stored.dataDir === dataDir) return state;
  if (path.isAbsolute(stored.cluster) && parseState(stateFile(stored.dataDir))?.id === stored.id) {
    throw new EmbeddedPostgresError(
      `${dataDir} is a copy of ${stored.dataDir}, whose database lies outside of it in ${stored.cluster}. Remove ${dataDir} to start with an empty database.`,
    );
  }
  const moved = { ...state, dataDir };
  saveState(moved);
  return moved;
}

function parseState(file: string): ClusterState | null {
  const text = readDurableFile(file);
  if (text === null) return null;
  try {
    return JSON.parse(text) as ClusterState;
  } catch (error) {
    throw new EmbeddedPostgresError(`${file} is damaged: it is not JSON. Restore it from a backup.`, { cause: error });
  }
}

/** Replaces the remembered state in one step. */
export function saveState(state: ClusterState): void {
  replaceFile(stateFile(state.dataDir), serialize(state));
}

function serialize(state: ClusterState): string {
  const cluster = isInside(state) ? path.relative(state.dataDir, state.cluster) : state.cluster;
  return `${JSON.stringify({ ...state, cluster }, null, 2)}\n`;
}

/** Whether the cluster lies in its data directory. */
export function isInside({ dataDir, cluster }: Pick<ClusterState, "dataDir" | "cluster">): boolean {
  const relative = path.relative(dataDir, cluster);
  return relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
}

/** Whether a cluster was made in this folder. */
export const clusterExists = (cluster: string): boolean => existsSync(path.join(cluster, "PG_VERSION"));

/**
 * The remembered state; when there is none it is made, with a new password and a place that `account` can reach. A cluster that
 * lies there already has another password, which is lost then.
 */
export async function readOrCreateState(
  dataDir: string,
  account: Account | undefined,
  port: number,
): Promise<{ state: ClusterState; passwordLost: boolean }> {
  const existing = readState(dataDir);
  if (existing !== null) return { state: existing, passwordLost: false };
  const file = stateFile(dataDir);
  const emptied = existsSync(file);
  const id = randomBytes(6).toString("hex");
  const reachable = account === undefined || (await canReach(account, dataDir));
  if (!reachable && emptied && clustersOutside().length > 0) {
    throw new EmbeddedPostgresError(
      `${file} is empty, so it is not known which database in ${OPEN_PLACE} belongs to ${dataDir}. Restore that file from a backup, or remove it to start with an empty database.`,
    );
  }
  const cluster = reachable ? clusterInside(dataDir) : path.join(OPEN_PLACE, `data-${id}`);
  const state = { id, port, user: "im", password: randomBytes(24).toString("base64url"), cluster, dataDir };
  if (emptied) saveState(state);
  else if (!createFile(file, serialize(state))) {
    // Another process made it at this very moment: its password is the one that counts.
    const theirs = readState(dataDir);
    if (theirs !== null) return { state: theirs, passwordLost: false };
  }
  return { state, passwordLost: clusterExists(cluster) };
}

/** The cluster in a data directory that does not say which: the one that the newest PostgreSQL has made, by an upgrade. */
function clusterInside(dataDir: string): string {
  const upgraded = readdirSync(dataDir)
    .flatMap((name) => /^postgres-(\d+)$/.exec(name)?.[1] ?? [])
    .filter((major) => clusterExists(path.join(dataDir, `postgres-${major}`)))
    .sort((a, b) => Number(b) - Number(a));
  return path.join(dataDir, upgraded[0] === undefined ? "postgres" : `postgres-${upgraded[0]}`);
}

const clustersOutside = () =>
  existsSync(OPEN_PLACE) ? readdirSync(OPEN_PLACE).filter((name) => name.startsWith("data-")) : [];
