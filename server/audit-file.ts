import { open } from "node:fs/promises";
import type { LineSink } from "@/lib/core/audit-stream/deliver-seals";

/** Where AUDIT_STREAM_FILE says that lines go: appended to a file, or to standard output ("-"); null: nowhere. */
export function auditFile(name: string | undefined): LineSink | null {
  if (name === undefined || name === "") return null;
  return name === "-" ? toStandardOutput : (lines) => append(name, lines);
}

/**
 * The same lines as lines of the service's log: what else it prints the launcher marks as something that may come from a stranger. The
 * level of the log does not matter to them. @internal For the test beside the launcher's rule.
 */
export const asLogLines = (lines: string, now: Date): string =>
  lines.replace(/^\{/gm, `{"level":30,"time":"${now.toISOString()}","process":"service","msg":"audit",`);

const toStandardOutput: LineSink = (lines) =>
  new Promise((resolve, reject) => {
    process.stdout.write(asLogLines(lines, new Date()), (error) => (error == null ? resolve() : reject(error)));
  });

/** On the disk when it resolves. Of a process that was killed in the middle half a line may be left: it is ended first. */
async function append(name: string, lines: string): Promise<void> {
  const file = await open(name, "a+", 0o600);
  try {
    const { size } = await file.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await file.read(last, 0, 1, size - 1);
    await file.appendFile(size > 0 && last.toString() !== "\n" ? `\n${lines}` : lines);
    await file.datasync();
  } finally {
    await file.close();
  }
}
