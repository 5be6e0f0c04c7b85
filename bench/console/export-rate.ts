import { exportList } from "@/lib/core/exports/export-list";
import type { Site } from "./site";

export interface ExportResult {
  readonly rows: number;
  readonly seconds: number;
  readonly megabytes: number;
  /** Mebibytes of heap after a collection: when a tenth of the rows was out, and at the end. */
  readonly heap: { readonly early: number; readonly late: number };
  /** Of the process, at most, above what it was before. */
  readonly grownMiB: number;
}

const MIB = 1_048_576;
const DAY_MS = 86_400_000;

/** Exports the latest `rows` users as CSV and throws the file away. */
export async function measureExport({ context, actor, now, users }: Site, rows: number): Promise<ExportResult> {
  const from = new Date(now - (Math.min(rows, users) / users) * 400 * DAY_MS).toISOString();
  const collect = () => {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed / MIB;
  };
  collect();
  const before = process.memoryUsage().rss;
  let [lines, bytes, most, early] = [0, 0, before, 0];
  const begun = performance.now();
  const { chunks } = await exportList(context, actor, { list: "users", format: "csv", from });
  for await (const chunk of chunks) {
    bytes += Buffer.byteLength(chunk);
    lines += chunk.split("\r\n").length - 1;
    most = Math.max(most, process.memoryUsage().rss);
    if (early === 0 && lines > rows / 10) early = collect();
  }
  const seconds = (performance.now() - begun) / 1_000;
  return {
    rows: lines - 1,
    seconds,
    megabytes: bytes / 1e6,
    heap: { early, late: collect() },
    grownMiB: (most - before) / MIB,
  };
}
