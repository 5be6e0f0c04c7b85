import cluster from "node:cluster";
import type { Server } from "node:http";
import { AggregatorRegistry } from "prom-client";
import { startJobWorker } from "@/lib/core/jobs/job-worker";
import { startMailWorker } from "@/lib/core/mail/mail-worker";
import { startSearchBuilder } from "@/lib/core/search/build-search";
import { startWebhookWorker } from "@/lib/core/webhooks/webhook-worker";
import { pendingMigrationsOf } from "@/lib/db/migrate";
import { type ReplicaWatch, watchReplica } from "@/lib/db/replica-watch";
import { createGateway } from "@/lib/gateway/gateway";
import { gatewaySettings } from "@/lib/gateway/settings";
import { closeGracefully } from "@/lib/http/http-server";
import { knownHosts } from "@/lib/http/known-hosts";
import { strictTransport } from "@/lib/http/strict-transport";
import { createRuntime, type Runtime } from "@/lib/runtime";
import { createServerApi } from "@/lib/server-api/server-api";
import { serverApiSettings } from "@/lib/server-api/settings";
import { auditFile } from "./audit-file";
import { keepStarting } from "./keep-starting";
import { serveMetrics } from "./metrics/metrics-http";
import { addReplicaGauges } from "./metrics/replica-gauges";
import { createServiceMetrics } from "./metrics/service-metrics";
import { createServiceServer } from "./service-http";
import { startSweepers } from "./sweepers";

const STOP_GRACE_MS = 8_000;
/** Within which connected clients are told one after another to connect elsewhere. */
const DRAIN_MS = 2_000;

/**
 * One process of the service: the Server API over HTTP, the gateway, the job worker, the webhook worker and the sweepers,
 * until it is told to stop; then it ends with code 0. Several may run on one port and one database. Throws what keeps it
 * from starting.
 */
export async function runServiceWorker(): Promise<void> {
  const runtime = await createRuntime("service");
  const { context, env } = runtime;
  const metrics = createServiceMetrics(context);
  const replica = watchedReplica(runtime);
  if (replica !== null) addReplicaGauges(metrics.registry, replica.state);
  const api = createServerApi(context, serverApiSettings(env), metrics.countAnswer);
  const gateway = createGateway(context, gatewaySettings(env), metrics.gateway);
  const server = createServiceServer({
    api,
    gateway,
    hosts: knownHosts([env.PUBLIC_API_URL, env.PUBLIC_CONSOLE_URL], env.ALLOWED_HOSTS),
    headers: strictTransport(env.PUBLIC_API_URL, { subdomains: env.HSTS_SUBDOMAINS }),
    trustProxy: env.TRUST_PROXY,
    log: context.log,
    context,
    isReady: async () => (await pendingMigrationsOf(context.db)).length === 0,
  });
  let metricsServer: Server | null = null;
  if (cluster.isWorker) {
    // The first process gathers them from all workers (service-cluster.ts); making this one listens for its question.
    AggregatorRegistry.setRegistries(metrics.registry);
    new AggregatorRegistry();
  } else {
    metricsServer = await serveMetrics({
      address: env.METRICS_ADDRESS,
      contentType: metrics.registry.contentType,
      read: () => metrics.registry.metrics(),
      log: context.log,
    });
  }
  const stopSweepers = startSweepers(context, api, auditFile(env.AUDIT_STREAM_FILE));
  const worker = startJobWorker(context);
  const mailWorker = context.mail === undefined ? null : startMailWorker(context, context.mail);
  const searchBuilder = startSearchBuilder(context);
  let stopping = false;
  const webhookWorker = keepStarting(() => startWebhookWorker(context, { databaseUrl: env.DATABASE_URL ?? "" }), {
    pauseMs: 2_000,
    stopping: () => stopping,
    onFailure: (error) => context.log.error({ err: error }, "webhooks: deliveries did not start; trying again"),
  });

  const stop = async (reason: string): Promise<void> => {
    if (stopping) return;
    stopping = true;
    context.log.info({ reason }, "service: stopping");
    metricsServer?.close();
    const deliveriesEnded = webhookWorker.then((started) => started?.stop());
    await Promise.all([closeGracefully(server, STOP_GRACE_MS), gateway.drain(DRAIN_MS)]);
    await Promise.all([stopSweepers(), worker.stop(), searchBuilder.stop(), mailWorker?.stop(), deliveriesEnded]);
    await api.close();
    await replica?.close();
    await runtime.close();
    process.exit(0);
  };
  const stopFor = (reason: string) => () =>
    void stop(reason).catch((error: unknown) => {
      context.log.fatal({ err: error }, "service: stopping failed");
      process.exit(1);
    });
  process.on("SIGTERM", stopFor("SIGTERM"));
  process.on("SIGINT", stopFor("SIGINT"));
  // Without the process that started it nobody would ever stop it.
  if (process.send !== undefined) process.on("disconnect", stopFor("the parent process is gone"));

  server.on("error", (error: NodeJS.ErrnoException) => {
    const taken = error.code === "EADDRINUSE";
    console.error(
      taken
        ? `Port ${env.SERVICE_PORT} is taken. Set SERVICE_PORT to a free port.`
        : `The service cannot listen: ${error}`,
    );
    process.exit(1);
  });
  server.listen(env.SERVICE_PORT, env.SERVICE_HOST, () => {
    context.log.info({ port: env.SERVICE_PORT, host: env.SERVICE_HOST }, "service: ready");
    process.send?.("ready");
  });
}

/** The service reads nothing there; its metrics tell how the replica is. */
function watchedReplica({ context, env }: Runtime): ReplicaWatch | null {
  const { DATABASE_URL: primaryUrl, DATABASE_REPLICA_URL: url } = env;
  if (primaryUrl === undefined || url === undefined) return null;
  const applicationName = "im-user-service replica watch";
  return watchReplica({ url, primaryUrl, primary: context.db.pool, applicationName, log: context.log });
}
