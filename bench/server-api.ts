import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { Pool } from "pg";
import { ENDPOINTS } from "@/lib/server-api/endpoints";
import { flags, json, note, numberFlag } from "./common/flags";
import { openInstallation, stop } from "./common/installation";
import type { Measured, Order } from "./server-api/load";
import type { Scenario } from "./server-api/scenario";
import { SCENARIOS } from "./server-api/scenarios";
import { seedFriendships, seedScenarios } from "./server-api/seed";

/**
 * `npm run bench -- server-api [--json | --markdown] [--seconds N] [--rounds N] [--only "ban;get"] [--friendships N] [--connections N]`: every
 * endpoint of a service process of its own, driven by another process over 16 keep-alive connections, beside what as many
 * connections do with the same work through `pg` alone, and once beside Node's HTTP server with nothing behind it. Rounds of both
 * take turns; medians are shown. Rate limits are off, replay protection is on, every commit is durable. "service µs" is the
 * processor time that the service process took per request. Ends with exit code 1 when an endpoint is below its bar, which is the
 * ratio: how much a second that is depends on the machine. `--markdown` prints the table of docs/performance.md.
 * BENCH_DATABASE_URL names a server to use instead of an embedded one; BENCH_CPU_PROFILE a folder for a profile of the service.
 */

/** Until the service's code has been compiled for what it meets. */
const WARM_UP_SECONDS = 3;
const seconds = numberFlag("--seconds", 3);
const rounds = numberFlag("--rounds", 3);
/** Keep-alive connections, each with one request at a time; targets are meant for 16. */
const connections = numberFlag("--connections", 16);
/** Further friendships in the table, for the scenarios about users with many. */
const friendships = numberFlag("--friendships", 0);
/** Beginnings of scenarios' names, separated by semicolons, since names hold commas; unset: all. */
const only = flags.includes("--only") ? flags[flags.indexOf("--only") + 1]?.split(";") : undefined;

/** Runs last in, first out. */
const cleanUp: (() => unknown)[] = [];

async function seed(pool: Pool, environmentId: number): Promise<void> {
  await seedScenarios(pool, environmentId);
  await seedFriendships(pool, environmentId, friendships, (done) => note(`  ${done} friendships`));
}

/** Node's HTTP server alone; gives its port. */
async function startHttpAlone(): Promise<number> {
  const server = fork("bench/server-api/http-alone.ts", { execArgv: ["--import", "tsx"] });
  cleanUp.push(() => stop(server));
  const [{ port }] = (await once(server, "message")) as [{ port: number }];
  return port;
}

function startLoad(file: string): ChildProcess {
  const load = fork(`bench/server-api/${file}.ts`, { execArgv: ["--import", "tsx"] });
  cleanUp.push(() => stop(load));
  return load;
}

function carryOut(load: ChildProcess, order: Order): Promise<Measured> {
  return new Promise((resolve, reject) => {
    load.once("message", (message: { measured?: Measured; error?: string }) => {
      if (message.measured !== undefined) resolve(message.measured);
      else reject(new Error(message.error));
    });
    load.send(order);
  });
}

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const medians = (measured: readonly Measured[]): Measured => ({
  requests: Math.round(median(measured.map((one) => one.requests))),
  requestsPerSecond: Math.round(median(measured.map((one) => one.requestsPerSecond))),
  p50: Number(median(measured.map((one) => one.p50)).toFixed(2)),
  p99: Number(median(measured.map((one) => one.p99)).toFixed(2)),
});

async function main(): Promise<void> {
  const missing = ENDPOINTS.filter(({ path }) => !SCENARIOS.some((scenario) => scenario.path === path));
  if (missing.length > 0) throw new Error(`No scenario measures ${missing.map(({ path }) => path).join(", ")}.`);
  const chosen = SCENARIOS.filter(({ name }) => only?.some((beginning) => name.startsWith(beginning)) ?? true);
  if (chosen.length === 0) throw new Error(`No scenario begins with ${only?.join(" or ")}.`);
  note("Opening a database with users, friendships, blocks and groups");
  const { databaseUrl, production, startService, close } = await openInstallation(seed);
  cleanUp.push(close);
  const { port, cpuSeconds } = await startService({});
  const http = startLoad("http-load");
  const alone = startLoad("pg-load");
  const results: Awaited<ReturnType<typeof measureScenario>>[] = [];
  let round = 10;
  const orderFor = (scenario: string, target: { port: number; seconds: number }): Order => {
    round += 1;
    return { scenario, connections, round, databaseUrl, ...production, ...target };
  };
  note("Warming up");
  const httpAlonePort = await startHttpAlone();
  for (const warmed of [port, httpAlonePort])
    await carryOut(http, orderFor("get", { port: warmed, seconds: WARM_UP_SECONDS }));
  const httpAlone = await carryOut(http, orderFor("get", { port: httpAlonePort, seconds }));
  note(`HTTP alone, nothing behind it: ${Math.round(httpAlone.requestsPerSecond)}/s`);
  const measureScenario = async ({ name, bar }: Scenario) => {
    const measured = { http: [] as Measured[], pg: [] as Measured[] };
    const cpu: number[] = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      for (const side of ["pg", "http"] as const) {
        const order = orderFor(name, { port, seconds });
        const before = cpuSeconds();
        const one = await carryOut(side === "pg" ? alone : http, order);
        const after = cpuSeconds();
        measured[side].push(one);
        const used = after - before;
        if (side === "http" && !Number.isNaN(used)) cpu.push((used * 1e6) / one.requests);
      }
    }
    const service = medians(measured.http);
    const pgAlone = medians(measured.pg);
    const ratios = measured.http.map(
      (one, turn) => one.requestsPerSecond / (measured.pg[turn]?.requestsPerSecond ?? 1),
    );
    const ratio = Number(median(ratios).toFixed(2));
    const cpuMicroseconds = cpu.length === 0 ? null : Math.round(median(cpu));
    note(
      `${name}: ${service.requestsPerSecond}/s (${cpuMicroseconds ?? "?"} µs of processor each), pg alone ${pgAlone.requestsPerSecond}/s, ratio ${ratio}, bar ${bar.ratio}`,
    );
    return { scenario: name, service, cpuMicroseconds, pgAlone, ratio, bar, met: ratio >= bar.ratio };
  };
  const failed: string[] = [];
  for (const scenario of chosen) {
    try {
      results.push(await measureScenario(scenario));
    } catch (error) {
      failed.push(scenario.name);
      console.error(`${scenario.name}: ${String(error)}`);
    }
  }
  const below = results.filter(({ met }) => !met).map(({ scenario }) => scenario);
  if (below.length + failed.length > 0) process.exitCode = 1;
  if (json) {
    console.log(
      JSON.stringify({ benchmark: "server-api", connections, seconds, rounds, httpAlone, results, failed }, null, 2),
    );
    return;
  }
  console.log(
    `\n${connections} connections, medians of ${rounds} rounds of ${seconds} s; requests are signed as they are sent\n`,
  );
  const rows = results.map(({ scenario, service, cpuMicroseconds, pgAlone, ratio, bar, met }) => ({
    scenario,
    "requests/s": service.requestsPerSecond,
    "p50 ms": service.p50,
    "p99 ms": service.p99,
    "service µs": cpuMicroseconds,
    "pg alone/s": pgAlone.requestsPerSecond,
    ratio,
    bar: bar.ratio,
    met,
    "goal/s": bar.perSecond ?? "",
  }));
  if (flags.includes("--markdown")) printMarkdown(rows);
  else console.table(rows);
  const bad = [...below.map((name) => `${name} (below its bar)`), ...failed.map((name) => `${name} (failed)`)];
  console.log(bad.length === 0 ? "\nEvery endpoint is above its bar." : `\nNot met: ${bad.join("; ")}`);
}

function printMarkdown(rows: ReadonlyArray<Readonly<Record<string, unknown>>>): void {
  const columns = ["scenario", "requests/s", "p50 ms", "p99 ms", "service µs", "pg alone/s", "ratio", "bar", "goal/s"];
  const line = (cells: readonly unknown[]) => `| ${cells.join(" | ")} |`;
  const text = (cell: unknown) => (typeof cell === "number" && cell >= 1_000 ? cell.toLocaleString("en") : cell);
  console.log(line(columns));
  console.log(line(columns.map((column) => (column === "scenario" ? "---" : "--:"))));
  for (const row of rows) console.log(line(columns.map((column) => text(row[column]))));
}

try {
  await main();
} finally {
  for (const action of cleanUp.reverse()) await action();
}
