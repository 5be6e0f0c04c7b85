import type { Logger } from "pino";
import { z } from "zod";

/** As browsers send it to the `report-uri` of a Content-Security-Policy. */
const ReportSchema = z.object({
  "csp-report": z.object({
    "effective-directive": z.string().optional(),
    "violated-directive": z.string().optional(),
    "blocked-uri": z.string().optional(),
    "document-uri": z.string().optional(),
    "source-file": z.string().optional(),
    "line-number": z.number().optional(),
  }),
});

const MAX_BYTES = 16_384;
const MAX_TEXT = 200;
/** Anybody may send reports, so of many one is written down, with their number. */
const WRITE_EVERY_MS = 10_000;

/** An address without what may be secret in it. */
function withoutQuery(address: string | undefined): string {
  return (address ?? "").split(/[?#]/, 1)[0]?.slice(0, MAX_TEXT) ?? "";
}

async function readAtMost(request: Request, bytes: number): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > bytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

/**
 * Takes what browsers report of pages that broke their policy: writes the first to the log, and then every ten seconds at
 * most one with the number since. Returns the status to answer with.
 */
export function policyReports(log: Pick<Logger, "warn">, now: () => number = Date.now) {
  let count = 0;
  let written = Number.NEGATIVE_INFINITY;
  return async (request: Request): Promise<204 | 400 | 413> => {
    const text = await readAtMost(request, MAX_BYTES);
    if (text === null) return 413;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return 400;
    }
    const parsed = ReportSchema.safeParse(value);
    if (!parsed.success) return 400;
    const report = parsed.data["csp-report"];
    count += 1;
    if (now() - written < WRITE_EVERY_MS) return 204;
    log.warn(
      {
        count,
        directive: (report["effective-directive"] ?? report["violated-directive"] ?? "").slice(0, MAX_TEXT),
        blocked: withoutQuery(report["blocked-uri"]),
        page: withoutQuery(report["document-uri"]),
        source: withoutQuery(report["source-file"]),
        line: report["line-number"],
      },
      "console: a browser reports that a page broke its policy",
    );
    [count, written] = [0, now()];
    return 204;
  };
}
