const CANCELED = "57014";
const LOCK_NOT_AVAILABLE = "55P03";

/** Whether PostgreSQL gave up on a statement because of a time limit, also when Prisma wraps the error. */
export function isStatementTimeout(thrown: unknown, depth = 0): boolean {
  if (!(thrown instanceof Object) || depth > 4) return false;
  const { code, originalCode, meta, cause, driverAdapterError } = thrown as Record<string, unknown>;
  if ([code, originalCode].some((state) => state === CANCELED || state === LOCK_NOT_AVAILABLE)) return true;
  return [meta, cause, driverAdapterError].some((inner) => isStatementTimeout(inner, depth + 1));
}
