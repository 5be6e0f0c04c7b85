import pg from "pg";

export interface RecordedQuery {
  readonly text: string;
  /** Whether PostgreSQL keeps its plan; absent: not asked. */
  readonly named?: boolean;
  readonly values: readonly unknown[];
}

type Query = (...args: unknown[]) => unknown;

/**
 * Runs `work` and returns each different statement that it sent to PostgreSQL through `pg`, Prisma's included, with the
 * values of its first use. So tests look at what is really asked, not at a copy of it.
 */
export async function recordQueries(work: () => Promise<unknown>): Promise<RecordedQuery[]> {
  const recorded = new Map<string, RecordedQuery>();
  const prototype = pg.Client.prototype as unknown as { query: Query };
  const original = prototype.query;
  prototype.query = function query(this: unknown, ...args: unknown[]) {
    const [config, given] = args;
    const text = typeof config === "string" ? config : (config as { text?: unknown } | undefined)?.text;
    const inner = (config as { values?: unknown } | undefined)?.values;
    const values = Array.isArray(given) ? given : Array.isArray(inner) ? inner : [];
    const name = (config as { name?: unknown } | undefined)?.name;
    const named = typeof name === "string" && name !== "";
    if (typeof text === "string" && !recorded.has(text)) recorded.set(text, { text, values, named });
    return original.apply(this, args);
  };
  try {
    await work();
  } finally {
    prototype.query = original;
  }
  return [...recorded.values()].filter(({ text }) => /^\s*(SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(text));
}

/** How many rows PostgreSQL reads and throws away to answer this, which it does. */
export async function rowsPassedOver(client: pg.ClientBase, query: RecordedQuery): Promise<number> {
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${query.text}`,
    [...query.values],
  );
  const plan = rows[0]?.["QUERY PLAN"][0].Plan;
  if (plan === undefined) throw new Error(`no plan for ${query.text}`);
  return removedIn(plan);
}

/** PostgreSQL gives the average of a node's loops. */
function removedIn(node: PlanNode): number {
  const own = (node["Rows Removed by Filter"] ?? 0) * (node["Actual Loops"] ?? 1);
  return (node.Plans ?? []).reduce((sum, child) => sum + removedIn(child), own);
}

interface PlanNode {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Rows Removed by Filter"?: number;
  readonly "Actual Loops"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** The tables that PostgreSQL would read from end to end to answer this. Nothing is executed. */
export async function scannedTables(client: pg.ClientBase, query: RecordedQuery): Promise<string[]> {
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(`EXPLAIN (FORMAT JSON) ${query.text}`, [
    ...query.values,
  ]);
  const plan = rows[0]?.["QUERY PLAN"][0].Plan;
  if (plan === undefined) throw new Error(`no plan for ${query.text}`);
  return scansIn(plan);
}

function scansIn(node: PlanNode): string[] {
  const own = node["Node Type"] === "Seq Scan" && node["Relation Name"] !== undefined ? [node["Relation Name"]] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scansIn)];
}
