import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import type { System } from "@/lib/core/actor";
import { openAppSecret } from "@/lib/core/apps/app-secret";
import { changePlan } from "@/lib/core/apps/change-plan";
import { createApp } from "@/lib/core/apps/create-app";
import { findEnvironment } from "@/lib/core/apps/environment-store";
import { migrate } from "@/lib/db/migrate";
import { openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";
import { parseEnv } from "@/lib/env";
import { createRuntime } from "@/lib/runtime";
import { buildService, SERVICE_NODE_FLAGS } from "@/server/launcher/build-service";
import { cpuSeconds } from "./processor-time";

export interface Credentials {
  readonly environmentId: number;
  readonly appKey: string;
  readonly appSecret: string;
}

export interface Service {
  readonly port: number;
  readonly pid: number;
  /** Resident memory in bytes; NaN where the system does not say. */
  memory(): number;
  /** Seconds of processor time used so far; NaN where the system does not say. */
  cpuSeconds(): number;
  stop(): Promise<void>;
}

/** A database with one production environment, and service processes on it, for as long as a benchmark runs. */
export interface Installation {
  readonly databaseUrl: string;
  readonly production: Credentials;
  /** A service without rate limits, as `npm start` runs it; `env` are further settings of it. */
  startService(env: Readonly<Record<string, string>>): Promise<Service>;
  close(): Promise<void>;
}

/** Fills the production environment before anything is measured. */
export type Seed = (pool: pg.Pool, environmentId: number) => Promise<void>;

/** Users of the ids `user-0` … are registered. */
export const seedUsers =
  (users: number): Seed =>
  async (pool, environmentId) => {
    await pool.query(
      `INSERT INTO users (environment_id, user_id, name, created_at)
       SELECT $1, 'user-' || n, 'User', now() FROM generate_series(0, $2 - 1) n`,
      [environmentId, users],
    );
  };

/**
 * BENCH_DATABASE_URL names a server to use instead of an embedded one; BENCH_CPU_PROFILE a folder for profiles of the
 * processor time of each service process.
 */
export async function openInstallation(seed: Seed): Promise<Installation> {
  const cleanUp: (() => unknown)[] = [];
  const masterKey = randomBytes(32).toString("hex");
  const url = new URL(await openServer(cleanUp));
  const name = `im_bench_${process.pid}`;
  await onServer(url.href, `CREATE DATABASE ${name}`);
  const serverUrl = url.href;
  cleanUp.push(() => onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`));
  url.pathname = `/${name}`;
  const databaseUrl = url.href;
  await migrate(databaseUrl);
  const production = await openProduction(databaseUrl, masterKey, seed);
  const bundle = await buildService(mkdtempSync(path.join("node_modules", ".bench-")));
  cleanUp.push(() => rmSync(path.dirname(path.dirname(bundle)), { recursive: true, force: true }));
  const folder = process.env.BENCH_CPU_PROFILE;
  const profile = folder === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${folder}`];
  return {
    databaseUrl,
    production,
    async startService(env) {
      const port = await freePort();
      const child = spawn(process.execPath, [...profile, ...SERVICE_NODE_FLAGS, bundle], {
        env: {
          ...process.env,
          NODE_ENV: "production",
          DATABASE_URL: databaseUrl,
          MASTER_KEY: masterKey,
          SERVICE_PORT: String(port),
          SERVICE_WORKERS: "1",
          RATE_LIMITS: "off",
          ...env,
        },
        // Lines of requests would be written for nobody; whoever asks for a level wants to see them.
        // The channel tells it when the benchmark is gone, however that ended; then it ends too.
        stdio: ["ignore", env.LOG_LEVEL === undefined ? "ignore" : "inherit", "inherit", "ipc"],
      });
      cleanUp.push(() => stop(child));
      await untilReady(child, port);
      const pid = child.pid ?? 0;
      return {
        port,
        pid,
        memory: () => residentBytes(pid),
        cpuSeconds: () => cpuSeconds(pid),
        stop: () => stop(child),
      };
    },
    async close() {
      for (const action of cleanUp.reverse()) await action();
    },
  };
}

async function openServer(cleanUp: (() => unknown)[]): Promise<string> {
  const given = process.env.BENCH_DATABASE_URL;
  if (given !== undefined && given !== "") return given;
  const dataDir = mkdtempSync(path.join(tmpdir(), "im-bench-"));
  const server = await openEmbeddedPostgres({ dataDir });
  cleanUp.push(async () => {
    await server.close();
    for (const folder of [server.cluster, dataDir]) rmSync(folder, { recursive: true, force: true });
  });
  return server.ownerUrl;
}

async function onServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function openProduction(databaseUrl: string, masterKey: string, seed: Seed): Promise<Credentials> {
  const settings = parseEnv({ DATABASE_URL: databaseUrl, MASTER_KEY: masterKey, LOG_LEVEL: "silent" });
  const runtime = await createRuntime("bench", settings);
  const { context } = runtime;
  const actor: System = { kind: "system", source: "cli", requestId: "bench", ip: "", environment: null };
  const app = await createApp(context, actor, { name: "Benchmark" });
  await changePlan(context, actor, { appId: app.id, plan: "starter" });
  const production = await findEnvironment(context.db.prisma, app.id, "production");
  if (production === null) throw new Error("production was not opened");
  const { id: environmentId, appKey } = production.ref;
  await seed(context.db.pool, environmentId);
  await context.db.pool.query("VACUUM ANALYZE");
  const appSecret = openAppSecret(context.secrets, appKey, production.appSecretEncrypted);
  await runtime.close();
  return { environmentId, appKey, appSecret };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function untilReady(child: ChildProcess, port: number): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    if (child.exitCode !== null) throw new Error("the service ended at once");
    await pause(100);
  }
  throw new Error("the service did not become ready");
}

/** Has a child end as it would by itself, and waits for that. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}

function residentBytes(pid: number): number {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Number(line?.[1]) * 1024;
  } catch {
    return Number.NaN;
  }
}
