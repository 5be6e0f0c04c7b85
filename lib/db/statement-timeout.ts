const CANCELED = "57014";
const LOCK_NOT_AVAILABLE = "55P03";
/** Prisma's own: a transaction as a whole took longer than it may, or none could begin in time. */
const TRANSACTION_EXPIRED = "P2028";

const TIMEOUTS: readonly unknown[] = [CANCELED, LOCK_NOT_AVAILABLE, TRANSACTION_EXPIRED];

/** Whether PostgreSQL gave up on a statement because of a time limit, or Prisma on a transaction; also when wrapped. */
export function isStatementTimeout(thrown: unknown, depth = 0): boolean {
  if (!(thrown instanceof Object) || depth > 4) return false;
  const { code, originalCode, meta, cause, driverAdapterError } = thrown as Record<string, unknown>;
  if ([code, originalCode].some((state) => TIMEOUTS.includes(state))) return true;
  return [meta, cause, driverAdapterError].some((inner) => isStatementTimeout(inner, depth + 1));
}
