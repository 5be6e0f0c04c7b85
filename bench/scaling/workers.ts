import { type ChildProcess, fork } from "node:child_process";
import pg from "pg";
import { note, numberFlag } from "../common/flags";
import { type Installation, openInstallation, seedUsers, stop } from "../common/installation";
import type { Measured, Order } from "../server-api/load";
import { bind, familySeconds, postmasterOf } from "./processors";

/**
 * What 1, 2 and 4 service processes answer on one port, in turns, with the load and PostgreSQL bound to processor 0 and the service to
 * processor 1, and with everything on both: `[--seconds N] [--rounds N]`. One processor for all of them cannot answer more
 * because they are several; what the figures show is what each costs a call. About two minutes.
 */

const WORKERS = [1, 2, 4];
const USERS = 20_000;
const CONNECTIONS = 32;
const SCENARIOS = ["user get", "register"];
const LAYOUTS = { apart: { service: "1", rest: "0" }, together: { service: "0,1", rest: "0,1" } } as const;

function carryOut(load: ChildProcess, order: Order): Promise<Measured> {
  return new Promise((resolve, reject) => {
    load.once("message", (message: { measured?: Measured; error?: string }) => {
      if (message.measured !== undefined) resolve(message.measured);
      else reject(new Error(message.error));
    });
    load.send(order);
  });
}

async function postmaster(databaseUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>("SELECT pg_backend_pid() AS pid");
  const found = postmasterOf(rows[0]?.pid ?? 0);
  await client.end();
  return found;
}

interface Sample {
  readonly layout: string;
  readonly scenario: string;
  readonly workers: number;
  readonly callsPerSecond: number;
  readonly p99Ms: number;
  /** Of processor time, for a call. */
  readonly serviceMicros: number;
  readonly databaseMicros: number;
}

async function sample(installation: Installation): Promise<Sample[]> {
  const [seconds, rounds] = [numberFlag("--seconds", 3), numberFlag("--rounds", 3)];
  const { production, databaseUrl } = installation;
  const server = await postmaster(databaseUrl);
  const load = fork("bench/server-api/http-load.ts", { execArgv: ["--import", "tsx"] });
  const samples: Sample[] = [];
  try {
    const services = [];
    for (const workers of WORKERS) {
      const env = { SERVICE_WORKERS: String(workers), LOG_LEVEL: "error", METRICS_ADDRESS: "off" };
      services.push({ workers, service: await installation.startService(env) });
    }
    let round = 1;
    for (let turn = 0; turn < rounds; turn += 1) {
      for (const [layout, on] of Object.entries(LAYOUTS)) {
        for (const { service } of services) bind(service.pid, on.service);
        for (const pid of [server, load.pid ?? 0]) bind(pid, on.rest);
        for (const scenario of SCENARIOS) {
          for (const { workers, service } of services) {
            const before = [familySeconds(service.pid), familySeconds(server)];
            round += 1;
            const order = { scenario, seconds, connections: CONNECTIONS, round, port: service.port, databaseUrl };
            const measured = await carryOut(load, { ...order, ...production });
            const used = [familySeconds(service.pid), familySeconds(server)].map((now, at) => now - (before[at] ?? 0));
            const micros = (spent = Number.NaN) => Math.round((spent / measured.requests) * 1e6);
            const found = {
              ...{ layout, scenario, workers, callsPerSecond: Math.round(measured.requestsPerSecond) },
              ...{ p99Ms: Math.round(measured.p99), serviceMicros: micros(used[0]), databaseMicros: micros(used[1]) },
            };
            note(JSON.stringify(found));
            samples.push(found);
          }
        }
      }
    }
  } finally {
    await stop(load);
  }
  return samples;
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Medians over the rounds. */
export async function measureWorkers(): Promise<unknown> {
  const installation = await openInstallation(seedUsers(USERS));
  try {
    const samples = await sample(installation);
    const groups = new Map<string, Sample[]>();
    for (const one of samples) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
    return [...groups].map(([key, of]) => ({
      of: key,
      callsPerSecond: median(of.map((one) => one.callsPerSecond)),
      p99Ms: median(of.map((one) => one.p99Ms)),
      serviceMicros: median(of.map((one) => one.serviceMicros)),
      databaseMicros: median(of.map((one) => one.databaseMicros)),
    }));
  } finally {
    await installation.close();
  }
}

const keyOf = ({ layout, scenario, workers }: Sample) => `${layout}, ${scenario}, ${workers} processes`;
