import type { BusEvent } from "@/lib/bus/bus";
import { onPool, runWrites } from "@/lib/db/statement";
import type { Context } from "./context";

/**
 * Publishes what follows from no command. Once it resolves the event is not lost, whatever becomes of this process or of
 * the bus; rejects when the database is away.
 */
export async function publish(context: Pick<Context, "bus" | "db">, event: BusEvent): Promise<void> {
  const { write, published } = context.bus.publishWithCommit([event]);
  await runWrites(onPool(context.db.pool), [write]);
  published();
}
