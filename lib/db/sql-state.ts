/** The five characters that PostgreSQL names an error's kind with, "" for anything else. */
function sqlState(error: unknown): string {
  if (!(error instanceof Error)) return "";
  // Prisma has codes of its own and keeps PostgreSQL's in the cause of its adapter's error.
  const { code, meta } = error as {
    code?: unknown;
    meta?: { driverAdapterError?: { cause?: { originalCode?: unknown } } };
  };
  const original = meta?.driverAdapterError?.cause?.originalCode ?? code;
  return typeof original === "string" ? original : "";
}

/** Deadlock or serialisation failure: nothing was done, and trying again is all that is needed. */
export const isTransient = (error: unknown) => ["40P01", "40001"].includes(sqlState(error));

/** PostgreSQL itself refused the statement or ended it, so that nothing behind it in its transaction was done. */
export const isRefused = (error: unknown) => /^[0-9A-Z]{5}$/.test(sqlState(error));

/** Data were refused, or what a constraint forbids: of several commands, one is to blame. */
export const isRefusedData = (error: unknown) => /^(22|23|54)/.test(sqlState(error));

/** A lock was not free within `lock_timeout`. */
export const isLockTimeout = (error: unknown) => sqlState(error) === "55P03";

/** A standby changes nothing and has no unlogged tables. */
export const isNotForStandbys = (error: unknown) => ["25006", "0A000"].includes(sqlState(error));

/** A statement of a transaction in which an earlier one has failed. */
export const isInFailedTransaction = (error: unknown) => sqlState(error) === "25P02";
