/** No room on a disk of PostgreSQL's; and a write to a database that takes none, as managed ones are set when their disk is nearly full. */
const TAKES_NOTHING: readonly unknown[] = ["53100", "25006"];

/** Whether PostgreSQL refused a statement since it has no room for what it writes; also when wrapped. */
export function isDiskFull(thrown: unknown, depth = 0): boolean {
  if (!(thrown instanceof Object) || depth > 4) return false;
  const { code, originalCode, meta, cause, driverAdapterError } = thrown as Record<string, unknown>;
  if ([code, originalCode].some((state) => TAKES_NOTHING.includes(state))) return true;
  return [meta, cause, driverAdapterError].some((inner) => isDiskFull(inner, depth + 1));
}
