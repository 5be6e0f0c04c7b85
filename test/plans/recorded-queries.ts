import pg from "pg";

export interface RecordedQuery {
  readonly text: string;
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
    if (typeof text === "string" && !recorded.has(text)) recorded.set(text, { text, values });
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
  return removedIn(await planOf(client, "ANALYZE, FORMAT JSON", query));
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
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Shared Hit Blocks"?: number;
  readonly "Shared Read Blocks"?: number;
  readonly Plans?: readonly PlanNode[];
}

/** What PostgreSQL does to answer this: the tables read from end to end, with their rows, and the pages of 8 KiB looked at. */
export async function workOf(
  client: pg.ClientBase,
  query: RecordedQuery,
): Promise<{ scans: { table: string; rows: number }[]; pages: number }> {
  const plan = await planOf(client, "ANALYZE, BUFFERS, FORMAT JSON", query);
  const scans = scansIn(plan).map((node) => ({
    table: node["Relation Name"] ?? "",
    rows: ((node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0)) * (node["Actual Loops"] ?? 1),
  }));
  return { scans, pages: (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0) };
}

/** The tables that PostgreSQL would read from end to end to answer this. Nothing is executed. */
export async function scannedTables(client: pg.ClientBase, query: RecordedQuery): Promise<string[]> {
  const plan = await planOf(client, "FORMAT JSON", query);
  return scansIn(plan).map((node) => node["Relation Name"] ?? "");
}

async function planOf(client: pg.ClientBase, options: string, { text, values }: RecordedQuery): Promise<PlanNode> {
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: PlanNode }] }>(`EXPLAIN (${options}) ${text}`, [
    ...values,
  ]);
  const plan = rows[0]?.["QUERY PLAN"][0].Plan;
  if (plan === undefined) throw new Error(`no plan for ${text}`);
  return plan;
}

function scansIn(node: PlanNode): PlanNode[] {
  const own = node["Node Type"] === "Seq Scan" && node["Relation Name"] !== undefined ? [node] : [];
  return [...own, ...(node.Plans ?? []).flatMap(scansIn)];
}
