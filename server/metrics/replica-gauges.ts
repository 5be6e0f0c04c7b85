import { Gauge, type Registry } from "prom-client";
import type { ReplicaState } from "@/lib/db/replica-watch";

/** What this process sees of the replica; none of them are there without DATABASE_REPLICA_URL. */
export function addReplicaGauges(registry: Registry, state: () => ReplicaState): void {
  new Gauge({
    name: "im_replica_usable",
    help: "1 while the console may read what it only shows from the replica; 0: the primary answers.",
    registers: [registry],
    aggregator: "min",
    collect() {
      this.set(state().usable ? 1 : 0);
    },
  });
  new Gauge({
    name: "im_replica_stale_seconds",
    help: "The replica holds whatever was committed longer ago than this; missing while that is not known.",
    labelNames: [],
    registers: [registry],
    aggregator: "max",
    collect() {
      this.reset();
      const { staleMs } = state();
      if (staleMs === null) this.remove();
      else this.set(staleMs / 1000);
    },
  });
}
