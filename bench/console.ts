import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";
import { flags, json, numberFlag, textFlag } from "./common/flags";
import type { Case } from "./console/case";
import { type ExportResult, measureExport } from "./console/export-rate";
import { type Figures, measure, type Result } from "./console/measure";
import { otherCases } from "./console/other-cases";
import { openSite, type Site } from "./console/site";
import { userCases } from "./console/user-cases";

/**
 * `npm run bench -- console [--json] [--users N] [--only TEXT] [--turn K/N] [--keep FOLDER] [--export]`: the server's time for
 * what the console shows, with a million users and with ten thousand, in alternation on the same machine, so that other load
 * falls on both alike; and what PostgreSQL does for it. `--turn 2/4` measures the second quarter of the cases, `--export` how long
 * a file of a million users takes instead.
 *
 * Starts a PostgreSQL of its own and removes it; with `--keep` it stays in that folder, and the next time its users are there.
 * BENCH_DATABASE_URL names another server's maintenance database instead.
 */

const SMALL = 10_000;
const TARGET_RATIO = 1.5;
const EXPORTED = 1_000_000;
const EXPORT_TARGET_S = 30;

const log = (text: string) => process.stderr.write(`${text}\n`);

function chosenCases(now: number): Case[] {
  const only = textFlag("--only") ?? "";
  const cases = [...userCases(now), ...otherCases(now)].filter(({ name }) => name.includes(only));
  const [turn = 1, turns = 1] = (textFlag("--turn") ?? "1/1").split("/").map(Number);
  return cases.filter((_, index) => Math.floor((index * turns) / cases.length) === turn - 1);
}

async function main(): Promise<void> {
  const users = numberFlag("--users", 1_000_000);
  if (!Number.isInteger(users) || users < SMALL) throw new Error(`--users must be a whole number from ${SMALL}.`);
  const kept = textFlag("--keep");
  if (kept !== undefined) mkdirSync(kept, { recursive: true });
  const given = process.env.BENCH_DATABASE_URL;
  const passing =
    given === undefined && kept === undefined ? mkdtempSync(path.join(os.tmpdir(), "im-bench-console-")) : undefined;
  const dataDir = kept ?? passing;
  const embedded = given === undefined && dataDir !== undefined ? await openEmbeddedPostgres({ dataDir }) : undefined;
  const sites: Site[] = [];
  try {
    const serverUrl = given ?? embedded?.url ?? "";
    const open = async (count: number) => {
      const site = await openSite({ serverUrl, users: count, log, kept });
      sites.push(site);
      return site;
    };
    const small = flags.includes("--export") ? null : await open(SMALL);
    const large = await open(users);
    if (small === null) reportExport(await measureExport(large, EXPORTED));
    else await measureAll(small, large);
  } finally {
    for (const site of sites) await site.close();
    await embedded?.close();
    if (passing !== undefined) rmSync(passing, { recursive: true, force: true });
  }
}

async function measureAll(small: Site, large: Site): Promise<void> {
  const results: Result[] = [];
  for (const one of chosenCases(large.now)) {
    const result = await measure(small, large, one);
    results.push(result);
    if (!json) log(lineOf(result));
  }
  if (json) console.log(JSON.stringify({ users: large.users, smallUsers: small.users, results }, null, 2));
  else report(small, large, results);
  if (results.some((result) => result.large.p95 > result.target || result.scans.length > 0)) process.exitCode = 1;
}

function report(small: Site, large: Site, results: readonly Result[]): void {
  const size = (site: Site) => `${site.users.toLocaleString("en")} users`;
  console.log(`\n${"".padEnd(64)}${size(small).padStart(25)}${size(large).padStart(25)}`);
  const head = `${"p50".padStart(8)}${"p95".padStart(8)}${"pages".padStart(9)}`;
  console.log(`${"ms on the server".padEnd(64)}${head}${head}   ratio`);
  for (const result of results) console.log(lineOf(result));
  const named = (of: readonly Result[]) => of.map(({ name }) => name).join("; ") || "none";
  console.log(`\n${results.length} cases`);
  console.log(`p95 over the target: ${named(results.filter(({ large: { p95 }, target }) => p95 > target))}`);
  console.log(`reads a table from end to end: ${named(results.filter(({ scans }) => scans.length > 0))}`);
  const growing = results.filter(({ ratio, grows }) => ratio > TARGET_RATIO && grows === null);
  console.log(`over ${TARGET_RATIO} times the time at ${SMALL}: ${named(growing)}`);
}

function lineOf({ name, small, large, ratio, scans }: Result): string {
  const figures = ({ p50, p95, pages }: Figures) =>
    `${p50.toFixed(2).padStart(8)}${p95.toFixed(2).padStart(8)}${String(pages).padStart(9)}`;
  const scanned = scans.length === 0 ? "" : `  reads all of ${scans.join(", ")}`;
  return `${name.padEnd(64)}${figures(small)}${figures(large)}${ratio.toFixed(2).padStart(8)}${scanned}`;
}

function reportExport({ rows, seconds, megabytes, heap, grownMiB }: ExportResult): void {
  if (json) console.log(JSON.stringify({ rows, seconds, megabytes, heap, grownMiB }));
  else {
    console.log(`${rows.toLocaleString("en")} users, ${megabytes.toFixed(0)} MB in ${seconds.toFixed(1)} s`);
    console.log(
      `heap ${heap.early.toFixed(0)} MiB after a tenth and ${heap.late.toFixed(0)} MiB at the end; the process grew by ${grownMiB.toFixed(0)} MiB at most`,
    );
  }
  if (seconds > EXPORT_TARGET_S) process.exitCode = 1;
}

await main();
