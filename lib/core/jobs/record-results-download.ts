import type { Actor } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { requirePermission } from "../permissions";

/** Writes down that somebody takes the results of a job as a file, before its first byte. */
export async function recordResultsDownload(
  context: Context,
  actor: Actor,
  { jobId, format }: { readonly jobId: string; readonly format: "csv" | "json" },
): Promise<void> {
  requirePermission(actor, "users.read");
  const target = { kind: "job", id: jobId } as const;
  await execute(context, actor, async () => ({
    result: undefined,
    audit: [{ action: "job.results_downloaded", target, after: { format } }],
  }));
}
