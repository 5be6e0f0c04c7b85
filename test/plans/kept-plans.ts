import pg from "pg";
import type { RecordedQuery } from "./recorded-queries";

/** What the plans of an area's statements must look like, whatever PostgreSQL believes of its tables. */
export interface PlanShape {
  /** Tables that no plan reads from end to end. */
  readonly guarded: ReadonlySet<string>;
  /** Indexes that give all rows of a user, or of a group, in an order: a look-up of one row by them would read all of those. */
  readonly ordered: ReadonlySet<string>;
  /** False: nothing is sorted but what is few by its LIMIT. Default: sorting is no fault. */
  readonly sorts?: false;
  /** What is asked of such an index, and of the rows that it gives, where one row is looked up. */
  readonly looksUpOne: RegExp;
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  readonly Filter?: string;
  readonly Plans?: readonly PlanNode[];
}

/** What in the plans that PostgreSQL keeps for these statements would grow with a table or with a user's rows, by statement. */
export async function keptFaults(
  url: string,
  queries: readonly RecordedQuery[],
  randomPageCost: number,
  shape: PlanShape,
): Promise<Record<string, string[]>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found: Record<string, string[]> = {};
    for (const query of queries) {
      const wrong = faults(await keptPlan(client, query, randomPageCost), shape);
      if (wrong.length > 0) found[query.text.replace(/\s+/g, " ")] = wrong;
    }
    return found;
  } finally {
    await client.end();
  }
}

/** The plan that is kept: for any values, as after a few uses. Nothing is executed. */
async function keptPlan(client: pg.ClientBase, { text, values }: RecordedQuery, randomPageCost: number) {
  await client.query("BEGIN");
  try {
    await client.query(`SET LOCAL plan_cache_mode = force_generic_plan`);
    await client.query(`SET LOCAL random_page_cost = ${randomPageCost}`);
    await client.query(`PREPARE looked_at AS ${text}`);
    const nulls = values.length === 0 ? "" : `(${values.map(() => "NULL").join(", ")})`;
    const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
      `EXPLAIN (FORMAT JSON) EXECUTE looked_at${nulls}`,
    );
    const plan = rows[0]?.["QUERY PLAN"][0].Plan;
    if (plan === undefined) throw new Error(`no plan for ${text}`);
    return plan;
  } finally {
    await client.query("ROLLBACK");
    await client.query("DEALLOCATE ALL");
  }
}

const nodes = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodes)];

function faults(plan: PlanNode, { guarded, ordered, looksUpOne, sorts }: PlanShape): string[] {
  return nodes(plan).flatMap((node) => {
    const type = node["Node Type"];
    const table = node["Relation Name"] ?? "";
    const index = node["Index Name"] ?? "";
    const condition = `${node["Index Cond"]} ${node.Filter}`;
    if (type === "Seq Scan" && guarded.has(table)) return [`reads all of ${table}`];
    if (sorts === false && /Sort/.test(type) && nodes(node).every((one) => one["Node Type"] !== "Limit")) {
      return [`${type} of what is not few`];
    }
    if (/Hash Join|Merge Join|Bitmap/.test(type)) return [index === "" ? type : `${type}: ${index}, ${condition}`];
    return ordered.has(index) && looksUpOne.test(condition) ? [`looks one up by ${index}: ${condition}`] : [];
  });
}
