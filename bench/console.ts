import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import pino from "pino";
import type { EnvironmentRef, Operator } from "@/lib/core/actor";
import { changePlan } from "@/lib/core/apps/change-plan";
import { createApp } from "@/lib/core/apps/create-app";
import { findEnvironment } from "@/lib/core/apps/environment-store";
import { listBans } from "@/lib/core/bans/list-bans";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { buildSearch } from "@/lib/core/search/build-search";
import { createSecretBox } from "@/lib/core/secrets";
import { countUsers } from "@/lib/core/users/count-users";
import { getUserDetail } from "@/lib/core/users/get-user-detail";
import { USER_SORTS, USER_STATUSES, type UserListQueryInput } from "@/lib/core/users/list-schema";
import { listUsers } from "@/lib/core/users/list-users";
import { suggestUsers } from "@/lib/core/users/suggest-users";
import { type Database, openDatabase } from "@/lib/db/database";
import { migrate } from "@/lib/db/migrate";
import { openEmbeddedPostgres } from "@/lib/embedded-postgres/open-embedded-postgres";
import { createOutbound } from "@/lib/outbound/create-outbound";
import { bulkInsertUsers } from "./console/bulk-users";

/**
 * `npm run bench -- console [--json] [--users N]`: the server's time for each view of the users page, at a million users
 * and at ten thousand, in alternation on the same machine, so that other load falls on both alike.
 *
 * Starts a PostgreSQL of its own and removes it; BENCH_DATABASE_URL names another server's maintenance database instead.
 */

const SMALL = 10_000;
const ROUNDS = 60;
const TARGET_P95_MS = 30;
const TARGET_RATIO = 1.5;
const NOW = Date.now();

interface Site {
  readonly context: Context;
  readonly actor: Operator;
  readonly users: number;
  close(): Promise<void>;
}

interface Case {
  readonly name: string;
  /** Set where the larger environment has more to do by what is asked, such as counting up to the cap. */
  readonly grows?: string;
  /** Makes what is measured, once per site; given a number that changes with each round. */
  readonly prepare: (site: Site) => Promise<(round: number) => Promise<unknown>>;
}

const log = (text: string) => process.stderr.write(`${text}\n`);

async function openSite(serverUrl: string, size: "small" | "large", users: number): Promise<Site> {
  const name = `im_bench_console_${process.pid}_${size}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  await onServer(serverUrl, `CREATE DATABASE ${name}`);
  const db = openDatabase({ url: url.href, poolSize: 4, statementTimeoutMs: 600_000 });
  const close = async () => {
    await db.close();
    await onServer(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`);
  };
  try {
    return { ...(await fillSite(db, url.href, users)), users, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function onServer(serverUrl: string, sql: string): Promise<void> {
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(sql).finally(() => admin.end());
}

async function fillSite(db: Database, url: string, users: number): Promise<{ context: Context; actor: Operator }> {
  await migrate(url);
  const silent = {
    publishWithCommit: () => ({ write: { statement: { name: "", text: "SELECT 1" }, values: [] }, published() {} }),
    publish: async () => {},
    publishToOthers: async () => {},
    subscribe: () => () => {},
    onGap: () => () => {},
    connected: () => true,
    close: async () => {},
  };
  const context: Context = {
    db,
    bus: silent,
    now: () => NOW,
    secrets: createSecretBox("00".repeat(32)),
    outbound: createOutbound({ allowPrivate: false }),
    restoreAfterMs: 3_600_000,
    testOperators: false,
    log: pino({ level: "silent" }),
  };
  const environment = await openProduction(context);
  const started = performance.now();
  await bulkInsertUsers(db.pool, {
    environmentId: environment.id,
    count: users,
    now: NOW,
    onProgress: (done) => {
      if (done % 200_000 === 0) log(`  ${done.toLocaleString("en")} users`);
    },
  });
  const written = performance.now();
  await buildSearch(context, environment.id);
  await db.pool.query("VACUUM ANALYZE users, user_search_terms");
  const [insertS, indexS] = [written - started, performance.now() - written].map((ms) => (ms / 1000).toFixed(1));
  log(`${users.toLocaleString("en")} users in ${insertS} s, in the search index after ${indexS} s more`);
  const actor: Operator = {
    kind: "operator",
    source: "console",
    fresh: true,
    requestId: newId.request(),
    ip: "",
    environment,
    operatorId: "op-bench",
    name: "Bench",
    email: "bench@example.com",
    role: "owner",
    holds: { everywhere: "owner", grants: [] },
  };
  return { context, actor };
}

async function openProduction(context: Context): Promise<EnvironmentRef> {
  const system = { kind: "system", source: "cli", requestId: newId.request(), ip: "", environment: null } as const;
  const { id } = await createApp(context, system, { name: "Bench", description: "" });
  await changePlan(context, system, { appId: id, plan: "pro" });
  const production = await findEnvironment(context.db.prisma, id, "production");
  if (production === null) throw new Error("production did not open");
  return production.ref;
}

/** The cursor of a page far inside the list, by walking once with the largest pages. */
async function deepCursor(site: Site, query: UserListQueryInput): Promise<string | undefined> {
  let cursor: string | undefined;
  for (let i = 0; i < 40; i++) {
    const page = await listUsers(site.context, site.actor, { ...query, size: 100, cursor });
    if (page.next === null) break;
    cursor = page.next;
  }
  return cursor;
}

const list = (name: string, query: UserListQueryInput): Case => ({
  name,
  prepare:
    async ({ context, actor }) =>
    () =>
      listUsers(context, actor, query),
});
const deep = (name: string, query: UserListQueryInput): Case => ({
  name,
  prepare: async (site) => {
    const cursor = await deepCursor(site, query);
    return () => listUsers(site.context, site.actor, { ...query, cursor });
  },
});
const count = (name: string, query: UserListQueryInput): Case => ({
  name,
  grows: "counts up to its cap",
  prepare:
    async ({ context, actor }) =>
    () =>
      countUsers(context, actor, query),
});

/** A created range that holds as many users at both sizes. */
const sameRange = (name: string, users: number, query: UserListQueryInput): Case => ({
  name,
  prepare: async ({ context, actor, users: all }) => {
    const from = NOW - 200 * 86_400_000;
    const to = from + (users / all) * 400 * 86_400_000;
    const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    return () => listUsers(context, actor, { ...query, ...range });
  },
});

const day = (daysAgo: number) => new Date(NOW - daysAgo * 86_400_000).toISOString().slice(0, 10);

function cases(): Case[] {
  return [
    ...USER_SORTS.map((sort) => list(`sort ${sort}`, { sort })),
    ...USER_SORTS.map((sort) => deep(`sort ${sort}, deep page`, { sort })),
    ...USER_STATUSES.flatMap((status) =>
      USER_SORTS.map((sort) => list(`${status}, sort ${sort}`, { status, sort })),
    ).filter(({ name }) => !name.startsWith("all")),
    ...(["banned", "deleted"] as const).map((status) => deep(`${status}, deep page`, { status })),
    ...USER_SORTS.map((sort) => sameRange(`created range of 500 users, sort ${sort}`, 500, { sort })),
    ...USER_SORTS.map((sort) => ({
      ...list(`created on one day, sort ${sort}`, { from: day(200), to: day(200), sort }),
      grows: "sorts the day's users: 25 and, at a million, 2,500",
    })),
    ...USER_SORTS.map((sort) => list(`created in 200 days, sort ${sort}`, { from: day(300), to: day(100), sort })),
    list("banned, created in 200 days", { status: "banned", from: day(300), to: day(100) }),
    list("banned, created in 200 days, sort seen", { status: "banned", from: day(300), to: day(100), sort: "seen" }),
    list("page of 100", { size: 100 }),
    list("search exact id", { q: "user_000005005" }),
    list("search id prefix, many", { q: "user_" }),
    deep("search id prefix, many, deep page", { q: "user_" }),
    list("search id prefix, few", { q: "user_00000512" }),
    list("search name prefix, many", { q: "Ali" }),
    deep("search name prefix, many, deep page", { q: "Ali" }),
    list("search one letter", { q: "a" }),
    list("search full name", { q: "grace hoff" }),
    list("search last name", { q: "Nakamura" }),
    deep("search last name, deep page", { q: "Nakamura" }),
    list("search, no match", { q: "zzzz-nobody" }),
    list("search name prefix, banned", { q: "Ali", status: "banned" }),
    list("search id prefix, deleted", { q: "user_", status: "deleted" }),
    list("search last name, deleted, created in 200 days", {
      q: "Nakamura",
      status: "deleted",
      from: day(300),
      to: day(100),
    }),
    // Ids numbered by registration: all that are older stand before the first that is shown.
    list("search id prefix, created in the last 100 days", { q: "user_", from: day(100) }),
    list("search name prefix, created on one day", { q: "Ali", from: day(200), to: day(200) }),
    count("count all", {}),
    count("count active", { status: "active" }),
    count("count banned", { status: "banned" }),
    count("count created in 200 days", { from: day(300), to: day(100) }),
    count("count search one letter", { q: "a" }),
    count("count search last name", { q: "Nakamura" }),
    {
      name: "suggest",
      prepare:
        async ({ context, actor }) =>
        () =>
          suggestUsers(context, actor, { q: "ali" }),
    },
    {
      name: "user detail",
      prepare:
        async ({ context, actor }) =>
        () =>
          getUserDetail(context, actor, { userId: "user_000005005" }),
    },
    {
      name: "bans, active",
      prepare:
        async ({ context, actor }) =>
        () =>
          listBans(context, actor, {}),
    },
    {
      name: "bans, ended",
      prepare:
        async ({ context, actor }) =>
        () =>
          listBans(context, actor, { tab: "ended" }),
    },
  ];
}

interface Figures {
  readonly p50: number;
  readonly p95: number;
}

function figuresOf(times: number[]): Figures {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}

async function measure(small: Site, large: Site, one: Case) {
  const runSmall = await one.prepare(small);
  const runLarge = await one.prepare(large);
  const times: { small: number[]; large: number[] } = { small: [], large: [] };
  for (let round = -5; round < ROUNDS; round++) {
    for (const [run, into] of [
      [runSmall, times.small],
      [runLarge, times.large],
    ] as const) {
      const started = performance.now();
      await run(round);
      if (round >= 0) into.push(performance.now() - started);
    }
  }
  const [atSmall, atLarge] = [figuresOf(times.small), figuresOf(times.large)];
  return { name: one.name, grows: one.grows ?? null, small: atSmall, large: atLarge, ratio: atLarge.p50 / atSmall.p50 };
}

async function main(args: string[]): Promise<void> {
  const json = args.includes("--json");
  const usersAt = args.indexOf("--users");
  const users = usersAt === -1 ? 1_000_000 : Number(args[usersAt + 1]);
  if (!Number.isInteger(users) || users < SMALL) throw new Error(`--users must be a whole number from ${SMALL}.`);
  const only = args.indexOf("--only");
  const chosen = cases().filter(({ name }) => only === -1 || name.includes(args[only + 1] ?? ""));

  const given = process.env.BENCH_DATABASE_URL;
  const dataDir = given === undefined ? mkdtempSync(path.join(os.tmpdir(), "im-bench-console-")) : undefined;
  const embedded = dataDir === undefined ? undefined : await openEmbeddedPostgres({ dataDir });
  const sites: Site[] = [];
  try {
    const serverUrl = given ?? embedded?.ownerUrl ?? "";
    const small = await openSite(serverUrl, "small", SMALL);
    sites.push(small);
    const large = await openSite(serverUrl, "large", users);
    sites.push(large);
    const results = [];
    for (const one of chosen) {
      const result = await measure(small, large, one);
      results.push(result);
      if (!json) log(lineOf(result));
    }
    const slow = results.filter((result) => result.large.p95 > TARGET_P95_MS);
    const growing = results.filter((result) => result.ratio > TARGET_RATIO && result.grows === null);
    if (json) console.log(JSON.stringify({ users, smallUsers: SMALL, rounds: ROUNDS, results }, null, 2));
    else {
      console.log(
        `\n${"".padEnd(52)}${SMALL.toLocaleString("en").padStart(16)}${users.toLocaleString("en").padStart(18)}`,
      );
      console.log(
        `${"ms on the server".padEnd(52)}${"p50".padStart(8)}${"p95".padStart(8)}${"p50".padStart(10)}${"p95".padStart(8)}   ratio`,
      );
      for (const result of results) console.log(lineOf(result));
      console.log(`\np95 over ${TARGET_P95_MS} ms: ${slow.map(({ name }) => name).join("; ") || "none"}`);
      console.log(
        `over ${TARGET_RATIO} times the time at ${SMALL}: ${growing.map(({ name }) => name).join("; ") || "none"}`,
      );
      console.log("not compared, since more is asked of the larger:");
      for (const { name, grows, ratio } of results) {
        if (grows !== null) console.log(`  ${name} (${grows}): ${ratio.toFixed(2)}`);
      }
    }
  } finally {
    for (const site of sites) await site.close();
    await embedded?.close();
    if (dataDir !== undefined) rmSync(dataDir, { recursive: true, force: true });
  }
}

function lineOf({
  name,
  small,
  large,
  ratio,
}: {
  name: string;
  small: Figures;
  large: Figures;
  ratio: number;
}): string {
  const ms = (value: number, width: number) => value.toFixed(2).padStart(width);
  return `${name.padEnd(52)}${ms(small.p50, 8)}${ms(small.p95, 8)}${ms(large.p50, 10)}${ms(large.p95, 8)}${ratio.toFixed(2).padStart(8)}`;
}

await main(process.argv.slice(2));
