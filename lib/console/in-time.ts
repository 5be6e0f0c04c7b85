import { AppError } from "@/lib/core/errors";

/** After so many milliseconds a page says that the database does not answer, instead of showing that it still reads. */
export const READ_LIMIT_MS = 10_000;

/**
 * What `read` gives, or a refusal with the code `timeout` when it takes longer than that: for reads alone, which change nothing
 * when nobody waits for them any more. PostgreSQL gives up on the statement by itself a little later.
 */
export async function inTime<T>(read: () => Promise<T>, limitMs = READ_LIMIT_MS): Promise<T> {
  const reading = read();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError("timeout")), limitMs);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    clearTimeout(timer);
    // It may still fail after nobody waits for it.
    reading.catch(() => undefined);
  }
}
