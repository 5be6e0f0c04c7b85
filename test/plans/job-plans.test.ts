import pg from "pg";
import { expect, test } from "vitest";
import { addItems, recordResults } from "@/lib/core/jobs/job-item-store";
import { saveTags } from "@/lib/core/tags/replace-tags-store";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { startAfterDryRun } from "@/test/support/jobs";
import { insertTestUsers } from "@/test/support/users";
import { recordQueries } from "./recorded-queries";

/** What a job writes goes by whole keys, on tables of which PostgreSQL knows nothing: a part of a key is all of a job's items. */

const context = testContext();

interface PlanNode {
  readonly "Relation Name"?: string;
  readonly "Node Type": string;
  readonly "Index Cond"?: string;
  readonly Plans?: readonly PlanNode[];
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

test("results are recorded, and tags saved, by a search of the whole key for each", async () => {
  const { ref } = (await createTestApp(context())).development;
  await insertTestUsers(context(), ref, [{ userId: "a" }, { userId: "b" }]);
  const admin = operatorOf("admin", ref);
  const id = await startAfterDryRun(context(), admin, { kind: "invalidate_tokens" }, { by: "ids", userIds: ["a"] });
  const job = { environmentId: ref.id, id };
  await addItems(
    context().db.prisma,
    { ...job, total: 1 },
    Array.from({ length: 2_000 }, (_, n) => ({ targetId: `u${n}` })),
  );
  const queries = await recordQueries(async () => {
    const results = Array.from({ length: 100 }, (_, n) => ({
      position: n + 2,
      state: "succeeded" as const,
      errorCode: null,
    }));
    await recordResults(context().db.prisma, job, results, context().now());
    await saveTags(context().db.prisma, ref.id, [
      { userId: "a", tags: ["vip"] },
      { userId: "b", tags: [] },
    ]);
  });
  const client = new pg.Client({ connectionString: context().url });
  await client.connect();
  try {
    const looked: PlanNode[] = [];
    for (const { text, values } of queries) {
      const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(`EXPLAIN (FORMAT JSON) ${text}`, [
        ...values,
      ]);
      const nodes = rows.flatMap((row) => nodesOf(row["QUERY PLAN"][0].Plan));
      looked.push(...nodes.filter((node) => node["Node Type"].includes("Scan") && node["Relation Name"] !== undefined));
    }
    const conditions = (table: string) =>
      looked.filter((node) => node["Relation Name"] === table).map((node) => node["Index Cond"] ?? "none");
    expect(conditions("job_items")).toEqual([expect.stringContaining('"position" = ')]);
    expect(conditions("user_tags")).toEqual([expect.stringContaining("user_id = ")]);
  } finally {
    await client.end();
  }
});
