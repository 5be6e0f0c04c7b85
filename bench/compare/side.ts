import { type ChildProcess, fork } from "node:child_process";
import { openInstallation, stop } from "../common/installation";
import type { Measured, Order } from "../server-api/load";
import { seedScenarios } from "../server-api/seed";

/**
 * One checkout of a comparison: its service, with a database of its own, driven for a slice of time whenever `bench/compare.ts` says so.
 * Runs in the folder of the checkout that it measures.
 */

/** What one slice is to measure. */
export interface SliceOrder {
  readonly scenario: string;
  readonly seconds: number;
  readonly connections: number;
  readonly round: number;
}

/** What one slice came to. */
export interface Slice {
  readonly requestsPerSecond: number;
  /** Processor time of the service for each request. */
  readonly cpuMicroseconds: number;
}

function drive(load: ChildProcess, order: Order): Promise<Measured> {
  return new Promise((resolve, reject) => {
    load.once("message", (message: { measured?: Measured; error?: string }) => {
      if (message.measured !== undefined) resolve(message.measured);
      else reject(new Error(message.error));
    });
    load.send(order);
  });
}

const { databaseUrl, production, startService, close } = await openInstallation(seedScenarios);
const { port, cpuSeconds } = await startService({});
const load = fork("bench/server-api/http-load.ts", { execArgv: ["--import", "tsx"] });

process.on("message", (order: SliceOrder) => {
  const before = cpuSeconds();
  drive(load, { ...order, databaseUrl, port, ...production }).then(
    ({ requests, requestsPerSecond }) => {
      const slice: Slice = { requestsPerSecond, cpuMicroseconds: ((cpuSeconds() - before) * 1e6) / requests };
      process.send?.({ slice });
    },
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.once("disconnect", async () => {
  await stop(load);
  await close();
  process.exit();
});
process.send?.({ ready: true });
