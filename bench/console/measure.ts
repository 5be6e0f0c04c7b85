import pg from "pg";
import { recordQueries, workOf } from "@/test/plans/recorded-queries";
import { type Case, TARGET_P95_MS } from "./case";
import type { Site } from "./site";

const ROUNDS = 40;
/** Where a round takes long there are fewer, but so many at least. */
const LEAST_ROUNDS = 15;
const CASE_MS = 250;
/** Before the measured ones. */
const WARMING = 3;
/** A table of fewer rows, such as the jobs of a month, is read from end to end as well as by an index. */
const FEW_ROWS = 5_000;

export interface Figures {
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  /** Pages of 8 KiB that PostgreSQL looks at, wherever they are. */
  readonly pages: number;
}

export interface Result {
  readonly name: string;
  readonly grows: string | null;
  /** Milliseconds for the p95. */
  readonly target: number;
  readonly small: Figures;
  readonly large: Figures;
  /** Of the medians. */
  readonly ratio: number;
  /** Tables that PostgreSQL reads from end to end with the larger site. */
  readonly scans: readonly string[];
}

/** Measures a case at both sizes in alternation, then has PostgreSQL explain once what it did. */
export async function measure(small: Site, large: Site, one: Case): Promise<Result> {
  const sides = await Promise.all(
    [small, large].map(async (site) => ({ site, run: await one.prepare(site), times: [] as number[] })),
  );
  const begun = performance.now();
  for (let round = -WARMING; round < ROUNDS; round++) {
    if (round >= LEAST_ROUNDS && performance.now() - begun > CASE_MS) break;
    for (const { run, times } of sides) {
      const started = performance.now();
      await run();
      if (round >= 0) times.push(performance.now() - started);
    }
  }
  const explained = [];
  for (const { site, run, times } of sides) {
    const { pages, scans } = await explain(site, run);
    explained.push({ p50: share(times, 0.5), p95: share(times, 0.95), pages, scans });
  }
  const [atSmall, atLarge] = explained;
  if (atSmall === undefined || atLarge === undefined) throw new Error("two sites are measured");
  const { scans, ...figures } = atLarge;
  return {
    name: one.name,
    grows: one.grows ?? null,
    target: one.target ?? TARGET_P95_MS,
    small: { p50: atSmall.p50, p95: atSmall.p95, pages: atSmall.pages },
    large: figures,
    ratio: atLarge.p50 / atSmall.p50,
    scans,
  };
}

function share(times: readonly number[], part: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** What PostgreSQL does for all statements of one run; repeated ones count once. */
async function explain(site: Site, run: () => Promise<unknown>): Promise<{ pages: number; scans: string[] }> {
  const queries = await recordQueries(run);
  const client = new pg.Client({ connectionString: site.url, options: "-c timezone=UTC" });
  await client.connect();
  try {
    const work = [];
    for (const query of queries) work.push(await workOf(client, query));
    const scans = new Set(
      work.flatMap((of) => of.scans.filter(({ rows }) => rows >= FEW_ROWS).map(({ table }) => table)),
    );
    return { pages: work.reduce((sum, of) => sum + of.pages, 0), scans: [...scans] };
  } finally {
    await client.end();
  }
}
