import type { Env } from "@/lib/env";
import { workerCount } from "../worker-count";

/** Besides its pool: for what every signed request asks, for the bus, and for webhook events or for work that nobody may share. */
const BESIDES_THE_POOL = 3;

/** The most connections that one process holds. */
export const connectionsOfProcess = ({ DATABASE_POOL_SIZE }: Pick<Env, "DATABASE_POOL_SIZE">): number =>
  DATABASE_POOL_SIZE + BESIDES_THE_POOL;

/** What to say when the console and the service of this start could want more connections than there are; null: there are enough. */
export function connectionsNote(
  settings: Pick<Env, "DATABASE_POOL_SIZE" | "SERVICE_WORKERS" | "NODE_ENV">,
  limit: number,
): string | null {
  const processes = workerCount(settings) + 1;
  const wanted = processes * connectionsOfProcess(settings);
  if (wanted <= limit) return null;
  const fitting = Math.floor(limit / processes) - BESIDES_THE_POOL;
  const lower = fitting >= 2 ? `set DATABASE_POOL_SIZE=${fitting} or ` : "";
  return `Its ${processes} processes may hold ${wanted} connections to PostgreSQL, which gives this role at most ${limit}: ${lower}raise max_connections there.`;
}
