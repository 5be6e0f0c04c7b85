import pg from "pg";
import type { Page } from "@/lib/core/paging/page-size";
import { type RecordedQuery, recordQueries, scannedTables } from "./recorded-queries";

/** Runs, explains what was sent, and returns each statement that would read a guarded table from end to end. */
export async function scansOf(
  url: string,
  guarded: ReadonlySet<string>,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const queries = await recordQueries(work);
  if (queries.length === 0) throw new Error("nothing was recorded");
  const client = new pg.Client({ connectionString: url, options: "-c timezone=UTC" });
  await client.connect();
  try {
    const found: string[] = [];
    for (const query of queries) {
      const tables = (await scannedTables(client, query)).filter((table) => guarded.has(table));
      if (tables.length > 0) found.push(`${tables.join(", ")}: ${shown(query)}`);
    }
    return found;
  } finally {
    await client.end();
  }
}

const shown = ({ text, values }: RecordedQuery) => `${text.replace(/\s+/g, " ").trim()} -- ${JSON.stringify(values)}`;

/** The first page, the next and the one before it again: the three forms of each list's query. */
export async function walk(read: (cursor: string | undefined) => Promise<Page<unknown>>): Promise<void> {
  const first = await read(undefined);
  if (first.next === null) return;
  const second = await read(first.next);
  if (second.previous !== null) await read(second.previous);
}
