import { rmSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { databaseAccount, EmbeddedPostgresError } from "./account";
import { checkClusterVersion, createCluster, replacePassword } from "./cluster";
import { type ClusterState, isInside, prepareDataDir, readOrCreateState, readState, saveState } from "./cluster-state";
import { chooseFreePort, portIsFree } from "./port";
import { findPrograms } from "./programs";
import { ensureRuntimeAccount, runtimeAccount } from "./runtime-account";
import { findServer, guardServer, logFileOf, StartFailure, startServer, stopServer } from "./server";
import { keepLogBounded } from "./server-log";

export { EmbeddedPostgresError } from "./account";

/** Held shared by everyone who uses the server, so that the last one to leave stops it. */
export const LEASE_LOCK = 7_301_001;
export const DATABASE = "im_user_service";
const OPEN_LIMIT_MS = 10 * 60_000;

export interface EmbeddedPostgresOptions {
  /** Holds the cluster, or the note where it is; made when missing. */
  readonly dataDir: string;
  /** True: end the server when this process is killed hard, even if it found the server running. */
  readonly guard?: boolean;
  /** Told when the server's log cannot be kept from growing. */
  readonly onLogError?: (error: unknown) => void;
  /** False only for tests. Default true. */
  readonly durable?: boolean;
}

/** A lease on the embedded PostgreSQL of one data directory. */
export interface EmbeddedPostgres {
  /** Address of the product's database, for a role that reads and writes what it is granted there. */
  readonly url: string;
  /** The same for the role that owns the cluster, and migrates. */
  readonly ownerUrl: string;
  readonly port: number;
  readonly pid: number;
  /** Where the cluster lies. */
  readonly cluster: string;
  /** What it took: made from nothing, started, or found running. */
  readonly origin: "created" | "started" | "found";
  /** Resolves when the server goes away before `close` was called; with the reason. */
  readonly lost: Promise<string>;
  /** Gives the lease back. Stops the server when no other process uses it; says whether it did. */
  close(): Promise<{ stopped: boolean }>;
}

/**
 * Gives the running PostgreSQL of a data directory: joins the one that runs, or makes and starts it. Any number of
 * processes may do so at once. Throws `EmbeddedPostgresError` with a sentence for the operator.
 */
export async function openEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = prepareDataDir(options.dataDir);
  const account = await databaseAccount(readState(dataDir)?.cluster);
  let { state, passwordLost } = await readOrCreateState(dataDir, account, await chooseFreePort());
  let origin: EmbeddedPostgres["origin"] = "found";
  let failures = 0;
  const deadline = Date.now() + OPEN_LIMIT_MS;
  for (;;) {
    const server = findServer(state.cluster);
    if (server?.ready) {
      const lease = await takeLease(state, server.port);
      if (lease !== null)
        return leased({
          state,
          server,
          lease,
          origin,
          guard: options.guard ?? false,
          onLogError: options.onLogError ?? (() => {}),
        });
    } else if (server === null) {
      const programs = await findPrograms(account);
      if (await createCluster(programs, state, account)) origin = "created";
      checkClusterVersion(programs, state.cluster);
      if (passwordLost) await replacePassword(programs, state, account);
      passwordLost = false;
      if (!(await portIsFree(state.port))) {
        state = { ...state, port: await chooseFreePort() };
        saveState(state);
      }
      // What a hard kill left behind. PostgreSQL would refuse when the number belongs to another program by now.
      if (findServer(state.cluster) === null) rmSync(path.join(state.cluster, "postmaster.pid"), { force: true });
      try {
        const started = await startServer(programs, state, account, { durable: options.durable ?? true });
        if (started !== null && origin === "found") origin = "started";
      } catch (error) {
        if (!(error instanceof StartFailure)) throw error;
        failures += 1;
        if (error.portTaken) state = { ...state, port: await chooseFreePort() };
        else if (!error.passing || failures > 20) throw startError(state, error);
        if (failures > 100) throw startError(state, error);
        saveState(state);
        await pause(250);
      }
      continue;
    }
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `The embedded database does not get ready. Its log, ${logFileOf(state)}, tells why.`,
      );
    }
    await pause(25);
  }
}

function startError(state: ClusterState, failure: StartFailure): EmbeddedPostgresError {
  const tail = failure.said.split("\n").slice(-6).join("\n");
  return new EmbeddedPostgresError(
    `The embedded database could not be started: ${failure.message}. Its log, ${logFileOf(state)}, ends with:\n${tail}`,
  );
}

/** The address of a database of this cluster for one of its accounts. */
export const address = ({ user, password }: Pick<ClusterState, "user" | "password">, port: number, database: string) =>
  `postgresql://${user}:${password}@127.0.0.1:${port}/${database}?sslmode=disable`;

const runtimeUrl = (state: ClusterState, port: number) => address(runtimeAccount(state), port, DATABASE);

/** Connects and holds the lease lock; null when the server is shutting down or gone meanwhile. */
async function takeLease(state: ClusterState, port: number): Promise<pg.Client | null> {
  const client = new pg.Client({
    connectionString: address(state, port, "postgres"),
    application_name: "im-user-service lease",
    keepAlive: true,
  });
  client.on("error", () => {});
  try {
    await client.connect();
    await client.query("SELECT pg_advisory_lock_shared($1)", [LEASE_LOCK]);
    const { rowCount } = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (rowCount === 0) {
      await client.query(`CREATE DATABASE ${DATABASE}`).catch((error: { code?: string }) => {
        // 42P04, 23505: another process made it at the same moment.
        if (error.code !== "42P04" && error.code !== "23505") throw error;
      });
    }
    await ensureRuntimeAccount(client, state, { database: DATABASE, url: runtimeUrl(state, port) });
    return client;
  } catch (error) {
    await client.end().catch(() => {});
    const code = (error as { code?: string }).code;
    if (code === "28P01") {
      const otherwise = isInside(state) ? "remove it, and the next start sets a new password" : "use a new DATA_DIR";
      throw new EmbeddedPostgresError(
        `The embedded database refuses the password in ${path.join(state.dataDir, "postgres.json")}. Restore that file, or stop everything and ${otherwise}.`,
        { cause: error },
      );
    }
    // Starting up or shutting down, or no longer there: the caller looks again.
    if (code === undefined || /^57P0|^ECONN|^EPIPE|^08/.test(code)) return null;
    throw error;
  }
}

function leased(given: {
  state: ClusterState;
  server: { pid: number; port: number };
  lease: pg.Client;
  origin: EmbeddedPostgres["origin"];
  guard: boolean;
  onLogError(error: unknown): void;
}): EmbeddedPostgres {
  const { state, server, lease, origin } = given;
  const guards = given.guard || origin !== "found";
  const sayGoodbye = guards ? guardServer(server.pid) : () => {};
  const stopBounding = guards ? keepLogBounded(logFileOf(state), given.onLogError) : () => {};
  const goodbye = () => {
    stopBounding();
    sayGoodbye();
  };
  let closing = false;
  const lost = new Promise<string>((resolve) => {
    lease.once("end", () => {
      if (closing) return;
      goodbye();
      resolve(`the connection to it ended; its log is ${logFileOf(state)}`);
    });
  });
  return {
    url: runtimeUrl(state, server.port),
    ownerUrl: address(state, server.port, DATABASE),
    port: server.port,
    pid: server.pid,
    cluster: state.cluster,
    origin,
    lost,
    async close() {
      if (closing) return { stopped: false };
      closing = true;
      const alone = await leaveLease(lease);
      if (alone) await stopServer(state.cluster, server.pid);
      goodbye();
      await lease.end().catch(() => {});
      return { stopped: alone };
    },
  };
}

/** True when nobody else holds the lease, so that the server is ours to stop. */
async function leaveLease(lease: pg.Client): Promise<boolean> {
  try {
    await lease.query("SELECT pg_advisory_unlock_shared($1)", [LEASE_LOCK]);
    const { rows } = await lease.query<{ alone: boolean }>("SELECT pg_try_advisory_lock($1) AS alone", [LEASE_LOCK]);
    return rows[0]?.alone === true;
  } catch {
    // The server went away by itself; stopping it again does no harm.
    return true;
  }
}
