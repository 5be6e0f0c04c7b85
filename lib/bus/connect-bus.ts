import type pg from "pg";
import type { Logger } from "pino";
import type { Bus } from "./bus";
import { connectPostgresBus } from "./postgres-bus";
import { connectRedisBus } from "./redis-bus";
import { redisChannelOf } from "./redis-channel";

/** The bus of a process: over Redis where its address is given, else over the database's own LISTEN/NOTIFY. */
export async function connectBus(options: {
  databaseUrl: string;
  redisUrl: string | undefined;
  pool: pg.Pool;
  log: Logger;
}): Promise<Bus> {
  const { databaseUrl, redisUrl, pool, log } = options;
  if (redisUrl === undefined) return connectPostgresBus({ url: databaseUrl, pool, log });
  const channel = await redisChannelOf(pool);
  try {
    return await connectRedisBus({ url: redisUrl, channel, pool, log });
  } catch (error) {
    throw new Error("REDIS_URL does not answer. Start that Redis, correct the address, or unset it.", { cause: error });
  }
}
