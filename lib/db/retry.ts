import { isTransient } from "./batch";
import type { Database } from "./database";
import type { Prisma } from "./generated/client";

const MAX_RETRIES = 20;

/**
 * Thrown inside a transaction that found the world changed between looking and locking: nothing was done, and it is to
 * begin anew. Has the code of a serialisation failure, as PostgreSQL would give it.
 */
export class StaleTransaction extends Error {
  readonly code = "40001";
}

/** Runs a transaction again when it was stale or met a deadlock: nothing of it was done then. */
export async function retrying<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!isTransient(error) || tries >= MAX_RETRIES) throw error;
    }
  }
}

/** `db.transaction`, begun anew when it was stale or met a deadlock: `work` must have no effect outside it. */
export function retryingTransaction<T>(db: Database, work: (tx: Prisma.TransactionClient) => Promise<T>): Promise<T> {
  return retrying(() => db.transaction(work));
}
