import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { makeFolder, syncFolder } from "@/lib/durable-file";
import { ownCommands } from "../own-commands";
import { type Account, EmbeddedPostgresError } from "./account";
import { type ClusterState, clusterExists } from "./cluster-state";
import { majorOf, type Programs } from "./programs";

const run = promisify(execFile);

/** Makes the cluster unless it is there. Safe when two processes do it at once: one of the two results stays. */
export async function createCluster(
  programs: Programs,
  state: ClusterState,
  account: Account | undefined,
): Promise<boolean> {
  if (clusterExists(state.cluster)) return false;
  const fresh = `${state.cluster}.new-${randomBytes(4).toString("hex")}`;
  makeFolder(path.dirname(fresh));
  mkdirSync(fresh, { mode: 0o700 });
  const passwordFile = path.join(fresh, "password");
  const data = path.join(fresh, "data");
  try {
    writeFileSync(passwordFile, `${state.password}\n`, { mode: 0o600 });
    if (account !== undefined) for (const owned of [fresh, passwordFile]) chownSync(owned, account.uid, account.gid);
    await run(
      programs.initdb,
      [
        `--pgdata=${data}`,
        `--username=${state.user}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
      ],
      { ...account, cwd: "/" },
    );
    renameSync(data, state.cluster);
    syncFolder(path.dirname(state.cluster));
    return true;
  } catch (error) {
    if (clusterExists(state.cluster)) return false;
    const output = (error as { stderr?: string }).stderr?.trim();
    throw new EmbeddedPostgresError(
      `The embedded database could not be set up in ${state.cluster}.\n${output ?? error}`,
      {
        cause: error,
      },
    );
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Refuses a cluster that another major version of PostgreSQL made. */
export function checkClusterVersion(programs: Programs, cluster: string): void {
  const made = clusterMajor(cluster);
  const have = majorOf(programs);
  if (made === have) return;
  throw new EmbeddedPostgresError(
    made < have
      ? `The database in ${cluster} was made by PostgreSQL ${made}, and this version comes with ${have}. Run \`${ownCommands().cli} upgrade-database\`, which keeps the old one (docs/operations.md, "Upgrades").`
      : `The database in ${cluster} was made by PostgreSQL ${made}, which is newer than the ${have} that this version comes with. Start the version of this product that made it.`,
  );
}

/** The major version of PostgreSQL that made a cluster. */
export const clusterMajor = (cluster: string): number =>
  Number.parseInt(readFileSync(path.join(cluster, "PG_VERSION"), "utf8"), 10);

/** Gives the cluster the password of `state` after its own was lost. No server may run on it. */
export async function replacePassword(
  programs: Programs,
  state: ClusterState,
  account: Account | undefined,
): Promise<void> {
  const alone = run(programs.postgres, ["--single", "-D", state.cluster, "postgres"], { ...account, cwd: "/" });
  alone.child.stdin?.end(`ALTER ROLE ${state.user} PASSWORD '${state.password}'\n`);
  const said = await alone.then(
    ({ stderr }) => stderr,
    (error: { stderr?: string }) => `FATAL: ${error.stderr ?? error}`,
  );
  // It ends with 0 even when the statement fails.
  if (!/\b(ERROR|FATAL|PANIC):/.test(said)) return;
  throw new EmbeddedPostgresError(
    `The password of the embedded database in ${state.cluster} is lost, and no new one could be set. Restore ${path.join(state.dataDir, "postgres.json")} from a backup, or start with a new DATA_DIR.\n${said.trim()}`,
  );
}
