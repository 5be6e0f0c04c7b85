import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { Context } from "@/lib/core/context";
import { storedCount } from "@/lib/core/messages/stored-count";
import type { GatewayCounts } from "@/lib/gateway/counts";
import type { AnsweredCall } from "@/lib/server-api/server-api";
import { callMetrics } from "./call-metrics";
import { createGatewayMetrics } from "./gateway-metrics";
import { addInstallationGauges } from "./installation-gauges";

/** The metrics of one service process. */
export interface ServiceMetrics {
  readonly registry: Registry;
  /** To be told of every answered request. */
  countAnswer(call: AnsweredCall): void;
  /** To be told of what connected clients do. */
  readonly gateway: GatewayCounts;
}

const ISSUE = "/v4/auth/access-token/issue";

/** Counters and gauges under the prefix `im_`, and those of the process itself (event loop lag, memory, CPU). */
export function createServiceMetrics(context: Context): ServiceMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const countRequest = callMetrics(registry, {
    label: "endpoint",
    calls: {
      name: "im_server_api_requests_total",
      help: "Answered requests of the Server API, by endpoint and code of the envelope (0 is success).",
    },
    duration: {
      name: "im_server_api_request_duration_seconds",
      help: "Time from the request's headers to its answer, by endpoint.",
    },
  });
  const tokens = new Counter({
    name: "im_access_tokens_issued_total",
    help: "Access tokens issued by app servers: registrations and repeated issues.",
    registers,
  });
  const gateway = createGatewayMetrics(registry);
  new Counter({
    name: "im_messages_stored_total",
    help: "Messages stored in inboxes, of connected users and of app servers; repetitions do not count.",
    registers,
    collect() {
      this.reset();
      this.inc(storedCount(context));
    },
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
  new Gauge({
    name: "im_changes_refused",
    help: "1 while changes are refused since there is no room left for them.",
    registers,
    aggregator: "max",
    collect() {
      this.set(context.room?.level() === "none" ? 1 : 0);
    },
  });
  new Gauge({
    name: "im_disk_free_bytes",
    help: "Bytes left on the disks of the data directory and of the embedded database, by folder.",
    labelNames: ["folder"] as const,
    registers,
    aggregator: "min",
    collect() {
      this.reset();
      for (const { folder, freeBytes } of context.room?.state().disks ?? []) this.set({ folder }, freeBytes);
    },
  });
  addInstallationGauges(context, registry);

  return {
    registry,
    countAnswer({ endpoint, code, ms }) {
      countRequest(endpoint, code, ms);
      if (endpoint === ISSUE && code === 0) tokens.inc();
    },
    gateway,
  };
}
