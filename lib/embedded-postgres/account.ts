import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Where programs and data go when the checkout lies in a folder that the database's account cannot enter. */
export const OPEN_PLACE = "/var/lib/im-user-service";

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

export const isRoot = () => process.getuid?.() === 0;

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

/** Whether an account may pass through a folder. */
export async function canReach(account: Account, folder: string): Promise<boolean> {
  try {
    await run("test", ["-x", folder], { ...account, cwd: "/" });
    return true;
  } catch {
    return false;
  }
}
