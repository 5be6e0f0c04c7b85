import { rmSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { type Account, EmbeddedPostgresError } from "./account";
import type { ClusterState } from "./cluster-state";
import { address, DATABASE, LEASE_LOCK } from "./open-embedded-postgres";
import { chooseFreePort } from "./port";
import type { Programs } from "./programs";
import { findServer, guardServer, StartFailure, startServer, stopServer } from "./server";

/**
 * Runs the server of a cluster that nobody uses for as long as `work` takes, and keeps starts of the product waiting meanwhile. `work` is given the
 * address of the product's database, which is made when it is missing. Throws `EmbeddedPostgresError` when somebody uses it.
 */
export async function serveCluster<T>(
  programs: Programs,
  cluster: ClusterState,
  account: Account | undefined,
  work: (url: string) => Promise<T>,
): Promise<T> {
  if (findServer(cluster.cluster) !== null) throw inUse(cluster);
  rmSync(path.join(cluster.cluster, "postmaster.pid"), { force: true });
  const state = { ...cluster, port: await chooseFreePort() };
  const server = await startServer(programs, state, account, { durable: true }).catch((error: unknown) => {
    if (!(error instanceof StartFailure)) throw error;
    throw new EmbeddedPostgresError(
      `PostgreSQL could not be started on ${state.cluster}: ${error.message}.\n${error.said}`,
      { cause: error },
    );
  });
  if (server === null) throw inUse(cluster);
  // Also when this process is killed.
  const goodbye = guardServer(server.pid);
  try {
    const lease = new pg.Client({ connectionString: address(state, server.port, "postgres") });
    lease.on("error", () => {});
    await lease.connect();
    try {
      const { rows } = await lease.query<{ mine: boolean }>("SELECT pg_try_advisory_lock($1) AS mine", [LEASE_LOCK]);
      if (rows[0]?.mine !== true) throw inUse(cluster);
      const { rowCount } = await lease.query("SELECT FROM pg_database WHERE datname = $1", [DATABASE]);
      if (rowCount === 0) await lease.query(`CREATE DATABASE ${DATABASE}`);
      return await work(address(state, server.port, DATABASE));
    } finally {
      await lease.end();
    }
  } finally {
    await stopServer(state.cluster, server.pid);
    goodbye();
  }
}

const inUse = ({ cluster }: ClusterState) =>
  new EmbeddedPostgresError(`The database in ${cluster} is in use. Stop the product first.`);
