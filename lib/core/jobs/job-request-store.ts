import type { Db } from "@/lib/db/database";
import { type Actor, type EnvironmentId, nameOf } from "../actor";
import { sha256 } from "../secrets";
import type { JobKindName } from "./facts";

/** What tells the same request from another: stands in the job's `params` as `request`. */
export const requestDigest = (input: unknown): string => sha256(JSON.stringify(input));

/**
 * The job that this operator has started by the same request and that is not over yet, or null; then nobody else starts one by it
 * until the transaction ends. A request that was sent twice, by two clicks or a retry, starts one job.
 */
export async function findSameRequest(
  tx: Db,
  environmentId: EnvironmentId,
  actor: Actor,
  kind: JobKindName,
  digest: string,
): Promise<string | null> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`job:${digest}`}::text, ${environmentId}::bigint))`;
  const job = await tx.job.findFirst({
    where: {
      environmentId,
      kind,
      state: { in: ["queued", "running"] },
      createdById: nameOf(actor).id,
      params: { path: ["request"], equals: digest },
    },
    select: { id: true },
  });
  return job?.id ?? null;
}
