import type { Database } from "@/lib/db/database";
import { fewRows } from "@/lib/db/sql";
import { onPool, type Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

const FIND = {
  name: "test-run-ends",
  text: `SELECT few.id, r.ended FROM ${fewRows(1, { environment_id: "int", id: "text" })} AS few
    CROSS JOIN LATERAL (
      SELECT ended_by_name IS NOT NULL AS ended FROM test_runs WHERE environment_id = few.environment_id AND id = few.id LIMIT 1
    ) AS r`,
};

/** Of runs that do not live, by id, whether somebody has ended them; else they have expired. Unknown ones are missing. */
export async function findRunEnds(
  at: Database | Run,
  environmentId: EnvironmentId,
  ids: readonly string[],
): Promise<Map<string, { readonly ended: boolean }>> {
  if (ids.length === 0) return new Map();
  const run = typeof at === "function" ? at : onPool(at.pool);
  const rows = await run<{ id: string; ended: boolean }>(FIND, [ids.map(() => environmentId), ids]);
  return new Map(rows.map(({ id, ended }) => [id, { ended }]));
}
