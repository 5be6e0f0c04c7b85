/** Connection errors of Node, of PostgreSQL (classes 08 and 57P, too many connections), and Prisma's names for them. */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH|08...|57P0[1-5]|53300|P1001|P1002|P1017|P2024)$/;

/** What `pg` and the silence limit say without a code. */
const WORDS =
  /connection terminated|timeout exceeded when trying to connect|the database was silent|client has encountered a connection error/i;

/** Of these, what says that time has passed without an answer. */
const SILENT = /timeout exceeded when trying to connect|the database was silent/i;

const KINDS: readonly unknown[] = ["DatabaseNotReachable", "ConnectionClosed", "SocketTimeout", "TooManyConnections"];

/**
 * Whether the database could not be reached, or the connection broke while it was asked; also when wrapped. Whether a
 * commit that was under way took effect is not known then.
 */
export function isDatabaseAway(thrown: unknown, depth = 0): boolean {
  if (!(thrown instanceof Object) || depth > 4) return false;
  const { code, originalCode, kind, message, meta, cause, driverAdapterError } = thrown as Record<string, unknown>;
  if ([code, originalCode].some((state) => typeof state === "string" && AWAY.test(state))) return true;
  if (KINDS.includes(kind) || (typeof message === "string" && WORDS.test(message))) return true;
  return [meta, cause, driverAdapterError].some((inner) => isDatabaseAway(inner, depth + 1));
}

/** Whether it was away by saying nothing at all, until this process gave up on it; also when wrapped. */
export function isDatabaseSilent(thrown: unknown, depth = 0): boolean {
  if (!(thrown instanceof Object) || depth > 4) return false;
  const { kind, message, meta, cause, driverAdapterError } = thrown as Record<string, unknown>;
  if (kind === "SocketTimeout" || (typeof message === "string" && SILENT.test(message))) return true;
  return [meta, cause, driverAdapterError].some((inner) => isDatabaseSilent(inner, depth + 1));
}
