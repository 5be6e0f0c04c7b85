import cluster from "node:cluster";
import { availableParallelism } from "node:os";
import { EnvError, env } from "@/lib/env";
import { MetricsAddressError } from "./metrics/metrics-http";
import { runServiceCluster } from "./service-cluster";
import { runServiceWorker } from "./service-worker";

/**
 * The service: the Server API, the gateway, the job and webhook workers and the sweepers, in as many processes as
 * SERVICE_WORKERS says (docs/decisions/0007-several-service-processes-on-one-port.md).
 */

const MOST_BY_DEFAULT = 4;

function workerCount(): number {
  const { SERVICE_WORKERS, NODE_ENV } = env();
  if (SERVICE_WORKERS > 0) return SERVICE_WORKERS;
  if (NODE_ENV === "development") return 1;
  return Math.max(1, Math.min(Math.floor(availableParallelism() / 2), MOST_BY_DEFAULT));
}

async function main(): Promise<void> {
  const workers = cluster.isPrimary ? workerCount() : 1;
  if (workers > 1) await runServiceCluster(workers);
  else await runServiceWorker();
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError || error instanceof MetricsAddressError ? error.message : error);
  process.exit(1);
});
