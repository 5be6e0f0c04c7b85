import { type AppError, ERRORS } from "./errors";

/** Where the thrower did not say how soon. */
const SOON_MS = 1_000;

/** The header that says after how many seconds to try again; of every refusal that time mends, with status 429 or 503, at every door that speaks HTTP. */
export function retryAfter({
  code,
  retryAfterMs = SOON_MS,
}: Pick<AppError, "code"> & { readonly retryAfterMs?: number | undefined }): Record<string, string> {
  const { status } = ERRORS[code];
  return status === 429 || status === 503 ? { "Retry-After": String(Math.max(1, Math.ceil(retryAfterMs / 1000))) } : {};
}
