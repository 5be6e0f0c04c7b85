import cluster, { type Worker } from "node:cluster";
import { once } from "node:events";
import { AggregatorRegistry } from "prom-client";
import { env } from "@/lib/env";
import { createLog } from "@/lib/log";
import { serveMetrics } from "./metrics/metrics-http";

/**
 * The service's first process when there are several: it starts the workers, which share the port, starts one anew that
 * dies, and ends when all have ended. Of what is served it serves only the metrics, gathered from all workers; it holds
 * no connection to the database.
 */

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
/** A worker that lived this long did not die of its start. */
const HEALTHY_AFTER_MS = 60_000;

export async function runServiceCluster(workers: number): Promise<void> {
  let stopping = false;
  let listening = 0;
  let ready = false;
  let deaths = 0;

  const startWorker = () => {
    const worker = cluster.fork();
    closeUntaken(worker);
    const startedAt = Date.now();
    worker.on("listening", () => {
      listening += 1;
      if (ready || listening < workers) return;
      ready = true;
      process.send?.("ready");
    });
    worker.on("exit", (code, signal) => died(worker, code, signal, Date.now() - startedAt));
  };

  const died = (worker: Worker, code: number | null, signal: string | null, livedMs: number) => {
    if (stopping) return;
    // Before everything listened it is the start that failed: a wrong setting, a taken port. The worker has said which.
    if (!ready) return void stop(code ?? 1);
    deaths = livedMs >= HEALTHY_AFTER_MS ? 1 : deaths + 1;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** (deaths - 1), LONGEST_PAUSE_MS);
    console.error(
      `Worker ${worker.process.pid} of the service ended (${signal ?? `exit code ${code}`}). Starting another in ${pause / 1000} s.`,
    );
    setTimeout(() => {
      if (!stopping) startWorker();
    }, pause);
  };

  const stop = async (code: number): Promise<void> => {
    if (stopping) return;
    stopping = true;
    const running = Object.values(cluster.workers ?? {}).filter((worker) => worker !== undefined && !worker.isDead());
    await Promise.all(
      running.map((worker) => {
        const ended = once(worker as Worker, "exit");
        worker?.process.kill("SIGTERM");
        return ended;
      }),
    );
    process.exit(code);
  };

  process.on("SIGTERM", () => void stop(0));
  process.on("SIGINT", () => void stop(0));
  // Without its launcher nobody would ever stop it.
  if (process.send !== undefined) process.on("disconnect", () => void stop(0));

  const { METRICS_ADDRESS: address, LOG_LEVEL: level } = env();
  const gathered = new AggregatorRegistry();
  const read = () => gathered.clusterMetrics();
  await serveMetrics({
    address,
    contentType: gathered.contentType,
    read,
    log: createLog({ level, process: "service" }),
  });
  for (let number = 0; number < workers; number += 1) startWorker();
}

/**
 * Node hands a worker one connection at a time, and keeps it open here until the worker says that it took it. One that dies
 * first never says so, and whoever connected would wait for an answer for ever. So what it was handed last is closed then:
 * a reset for the client, and nothing where the worker had taken it.
 */
function closeUntaken(worker: Worker): void {
  let handed: { close(): void } | undefined;
  const { process: child } = worker;
  const { send } = child;
  Object.assign(child, {
    send(...given: unknown[]) {
      if (canClose(given[1])) handed = given[1];
      return Reflect.apply(send, child, given);
    },
  });
  worker.on("exit", () => handed?.close());
}

const canClose = (handle: unknown): handle is { close(): void } =>
  typeof handle === "object" && handle !== null && "close" in handle && typeof handle.close === "function";
