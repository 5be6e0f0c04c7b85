import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Context } from "@/lib/core/context";
import type { AnsweredCall } from "@/lib/server-api/server-api";
import { addInstallationGauges } from "./installation-gauges";

/** The metrics of one service process. */
export interface ServiceMetrics {
  readonly registry: Registry;
  /** To be told of every answered request. */
  countAnswer(call: AnsweredCall): void;
}

const ISSUE = "/v4/auth/access-token/issue";
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Counters and gauges under the prefix `im_`, and those of the process itself (event loop lag, memory, CPU). */
export function createServiceMetrics(context: Context): ServiceMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const requests = new Counter({
    name: "im_server_api_requests_total",
    help: "Answered requests of the Server API, by endpoint and code of the envelope (0 is success).",
    labelNames: ["endpoint", "code"] as const,
    registers,
  });
  const duration = new Histogram({
    name: "im_server_api_request_duration_seconds",
    help: "Time from the request's headers to its answer, by endpoint.",
    labelNames: ["endpoint"] as const,
    buckets: SECONDS,
    registers,
  });
  const tokens = new Counter({
    name: "im_access_tokens_issued_total",
    help: "Access tokens issued by app servers: registrations and repeated issues.",
    registers,
  });

  new Gauge({
    name: "im_database_pool_connections",
    help: "Connections to PostgreSQL, by state; waiting: requests for one.",
    labelNames: ["state"] as const,
    registers,
    collect() {
      const { pool } = context.db;
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "busy" }, pool.totalCount - pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
  new Gauge({
    name: "im_bus_connected",
    help: "1 while this process hears what the others announce.",
    registers,
    aggregator: "min",
    collect() {
      this.set(context.bus.connected() ? 1 : 0);
    },
  });
  addInstallationGauges(context, registry);

  return {
    registry,
    countAnswer({ endpoint, code, ms }) {
      requests.inc({ endpoint, code });
      duration.observe({ endpoint }, ms / 1000);
      if (endpoint === ISSUE && code === 0) tokens.inc();
    },
  };
}
