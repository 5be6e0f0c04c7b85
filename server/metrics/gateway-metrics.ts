import { Counter, Gauge, type Registry } from "prom-client";
import type { EndCode, GatewayCounts } from "@/lib/gateway/counts";
import { callMetrics } from "./call-metrics";
import { type MetricName, type Tally, talliedCounter } from "./tallied-counter";

/** What the gateway of this process does. */
export function createGatewayMetrics(registry: Registry): GatewayCounts {
  let connections = 0;
  let frames = 0;
  new Gauge({
    name: "im_gateway_connections",
    help: "Connected clients; sockets that are still being checked do not count.",
    registers: [registry],
    // Over all processes; a connection is held by one.
    aggregator: "sum",
    collect() {
      this.set(connections);
    },
  });
  new Counter({
    name: "im_gateway_frames_delivered_total",
    help: "Frames of messages and other events that were given to connections.",
    registers: [registry],
    collect() {
      this.reset();
      this.inc(frames);
    },
  });
  const handshake = byCode(registry, {
    name: "im_gateway_handshakes_total",
    help: "Sockets that became connections (0) or did not: code of the refusal, HTTP status without a WebSocket, or left.",
  });
  const closed = byCode(registry, {
    name: "im_gateway_closes_total",
    help: "Connections that have ended, by the code their clients were told, or left when it was they who ended it.",
  });
  return {
    call: callMetrics(registry, {
      label: "method",
      calls: {
        name: "im_gateway_calls_total",
        help: "Answered calls of connected clients, by method and code (0 is success).",
      },
      duration: {
        name: "im_gateway_call_duration_seconds",
        help: "Time from a call's frame to its answer, by method.",
      },
    }),
    handshake(code) {
      if (code === 0) connections += 1;
      handshake(code);
    },
    closed(code) {
      connections -= 1;
      closed(code);
    },
    delivered(count) {
      frames += count;
    },
  };
}

function byCode(registry: Registry, metric: MetricName): (code: EndCode) => void {
  const newTally = talliedCounter(registry, metric, ["code"]);
  const known = new Map<EndCode, Tally>();
  return (code) => {
    let tally = known.get(code);
    if (tally === undefined) {
      tally = newTally({ code });
      known.set(code, tally);
    }
    tally.count += 1;
  };
}
