import cluster from "node:cluster";
import { EnvError, env } from "@/lib/env";
import { MetricsAddressError } from "./metrics/metrics-http";
import { runServiceCluster } from "./service-cluster";
import { runServiceWorker } from "./service-worker";
import { workerCount } from "./worker-count";

/**
 * The service: the Server API, the gateway, the job and webhook workers and the sweepers, in as many processes as
 * SERVICE_WORKERS says (docs/decisions/0007-several-service-processes-on-one-port.md).
 */

async function main(): Promise<void> {
  const workers = cluster.isPrimary ? workerCount(env()) : 1;
  if (workers > 1) await runServiceCluster(workers);
  else await runServiceWorker();
}

main().catch((error: unknown) => {
  console.error(error instanceof EnvError || error instanceof MetricsAddressError ? error.message : error);
  process.exit(1);
});
