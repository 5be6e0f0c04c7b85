import { availableParallelism } from "node:os";
import type { Env } from "@/lib/env";

const MOST_BY_DEFAULT = 4;

/** How many processes serve the service's port: what SERVICE_WORKERS says, or one for every two processors, at most four. */
export function workerCount({ SERVICE_WORKERS, NODE_ENV }: Pick<Env, "SERVICE_WORKERS" | "NODE_ENV">): number {
  if (SERVICE_WORKERS > 0) return SERVICE_WORKERS;
  if (NODE_ENV === "development") return 1;
  return Math.max(1, Math.min(Math.floor(availableParallelism() / 2), MOST_BY_DEFAULT));
}
