import cluster from "node:cluster";
import { WrongMasterKey } from "@/lib/core/master-key/retired-key-store";
import { MigrationError } from "@/lib/db/migrate";
import { EnvError, env } from "@/lib/env";
import { MetricsAddressError } from "./metrics/metrics-http";
import { runServiceCluster } from "./service-cluster";
import { runServiceWorker } from "./service-worker";
import { workerCount } from "./worker-count";

/**
 * The service: the Server API, the gateway, the job and webhook workers and the sweepers, in as many processes as
 * SERVICE_WORKERS says (docs/decisions/0007-several-service-processes-on-one-port.md).
 */

/** What is no fault of the program: the message says what to do. */
const SAID_IN_A_SENTENCE = [EnvError, MetricsAddressError, MigrationError, WrongMasterKey];

async function main(): Promise<void> {
  const workers = cluster.isPrimary ? workerCount(env()) : 1;
  if (workers > 1) await runServiceCluster(workers);
  else await runServiceWorker();
}

main().catch((error: unknown) => {
  console.error(SAID_IN_A_SENTENCE.some((kind) => error instanceof kind) ? (error as Error).message : error);
  process.exit(1);
});
