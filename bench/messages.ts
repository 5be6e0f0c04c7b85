import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { flags, json, note, numberFlag } from "./common/flags";
import { type Installation, openInstallation, type Seed, seedUsers } from "./common/installation";
import { cpuSeconds } from "./common/processor-time";
import { connectAll, inOrder, tokensOf } from "./gateway/connect-all";
import { type Load, type MessagesMeasured, measureMessages, toOthers } from "./gateway/messages";
import type { RawClient } from "./gateway/raw-client";
import { storeAlone } from "./messages/store-alone";

/**
 * `npm run bench -- messages [--json] [--seconds N] [--only "64;one"]`: messages over the connections of one service, each acknowledged after its
 * commit: 64 senders over 3,000 connections, one sender alone, a group of 3,000 who are all connected, 10,000 who each
 * send now and then. Beside them the messages of the first case stored by one connection to PostgreSQL in batches of 64 with
 * nothing around it. Server, PostgreSQL and clients share the machine; rate limits are off. Ends with 1 below a bar.
 */

const seconds = numberFlag("--seconds", 8);
const only = flags.includes("--only") ? flags[flags.indexOf("--only") + 1]?.split(";") : undefined;
const USERS = 10_000;
const CONNECTIONS = 3_000;
const SENDERS = 64;
const GROUP = "everybody";
const CONTENT = JSON.stringify({ content: "1234567.123456" });

interface Case {
  readonly name: string;
  readonly connections: number;
  readonly load: Omit<Load, "seconds">;
}

const MANY = "64 senders, 3,000 connections";
const GROUP_OF_ONE = "one sender, group of 3,000";
const GROUP_OF_MANY = "16 senders, group of 3,000";
const CASES: readonly Case[] = [
  {
    name: MANY,
    connections: CONNECTIONS,
    load: { senders: SENDERS, to: toOthers(CONNECTIONS, SENDERS) },
  },
  { name: "one sender alone", connections: CONNECTIONS, load: { senders: 1, to: toOthers(CONNECTIONS, 1) } },
  {
    name: GROUP_OF_ONE,
    connections: CONNECTIONS,
    load: { senders: 1, to: () => ({ groupId: GROUP }) },
  },
  {
    name: GROUP_OF_MANY,
    connections: CONNECTIONS,
    load: { senders: 16, to: () => ({ groupId: GROUP }) },
  },
  {
    name: "10,000 senders, 1,000 messages/s",
    connections: USERS,
    load: {
      senders: USERS,
      perSecond: 1_000,
      to: (sender, number) => ({ toUserId: `user-${(sender * 997 + number) % USERS}` }),
    },
  },
];

/**
 * What must hold, as ratios within one run. Rates are told and not judged, since what else runs on the machine takes more from
 * three processes than from one.
 */
const BARS = {
  /** Service's and PostgreSQL's processor time for a message of 64 senders to PostgreSQL's for the statement alone; at most. */
  toStatementAlone: 8,
  /** Service's processor time for a message to a group of 16 senders to that of one; at most. */
  groupOfManyToOne: 0.6,
};

const seedGroup: Seed = async (pool, environmentId) => {
  await seedUsers(USERS)(pool, environmentId);
  await pool.query(
    `INSERT INTO groups (environment_id, group_id, name, owner_id, created_at, member_count)
     VALUES ($1, $2, 'Everybody', 'user-0', now(), $3)`,
    [environmentId, GROUP, CONNECTIONS],
  );
  await pool.query(
    `INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
     SELECT $1, $2, 'user-' || n, CASE n WHEN 0 THEN 3 ELSE 1 END, now() FROM generate_series(0, $3 - 1) n`,
    [environmentId, GROUP, CONNECTIONS],
  );
};

interface Result extends Omit<MessagesMeasured, "used"> {
  /** Processor time for each message, in microseconds. */
  readonly service: number;
  readonly database: number;
}

const micros = (seconds = Number.NaN) => Math.round(seconds * 1e6);
const hundredths = (value: number) => Math.round(value * 100) / 100;

async function databaseSeconds(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()",
  );
  return rows.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
}

async function main({ databaseUrl, production, startService }: Installation): Promise<void> {
  const service = await startService({ LOG_LEVEL: "error" });
  const tokenOf = tokensOf(production);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const database = () => databaseSeconds(pool);
  const clients: RawClient[] = [];
  const connected = async (count: number): Promise<readonly RawClient[]> => {
    const missing = Array.from({ length: Math.max(0, count - clients.length) }, (_, n) => tokenOf(clients.length + n));
    clients.push(...inOrder((await connectAll(service, production.appKey, missing)).clients));
    return clients.slice(0, count);
  };

  const results: Record<string, Result> = {};
  for (const { name, connections, load } of CASES) {
    if (only?.some((beginning) => name.startsWith(beginning)) === false) continue;
    const chosen = await connected(connections);
    await pause(1_000);
    const { used, ...measured } = await measureMessages(chosen, { ...load, seconds }, [service.cpuSeconds, database]);
    results[name] = { ...measured, service: micros(used[0]), database: micros(used[1]) };
    note(`${name}: ${measured.perSecond} messages/s`);
  }
  for (const { socket } of clients) socket.destroy();
  await service.stop();
  const order = { seconds, batch: SENDERS, users: CONNECTIONS, content: CONTENT };
  const alone = await storeAlone(databaseUrl, production.environmentId, order, database);
  await pool.end();
  const statementAlone = { perSecond: Math.round(alone.perSecond), database: micros(alone.database) };
  const [many, one, sixteen] = [results[MANY], results[GROUP_OF_ONE], results[GROUP_OF_MANY]];
  const ratios: Partial<Record<keyof typeof BARS, number>> = {
    ...(many && { toStatementAlone: hundredths((many.service + many.database) / statementAlone.database) }),
    ...(one && sixteen && { groupOfManyToOne: hundredths(sixteen.service / one.service) }),
  };
  if (json) {
    console.log(
      JSON.stringify({ benchmark: "messages", seconds, results, statementAlone, ratios, bars: BARS }, null, 2),
    );
  } else {
    console.log("\nTimes in ms, processor time in µs for each message.");
    console.table({ ...results, [`the statement alone, batches of ${SENDERS}`]: statementAlone });
    console.log(`Of processor time: ${JSON.stringify(ratios)}, at most ${JSON.stringify(BARS)}`);
  }
  for (const name of Object.keys(BARS) as (keyof typeof BARS)[]) {
    const ratio = ratios[name] ?? 0;
    if (ratio <= BARS[name]) continue;
    console.error(`Below the bar: ${name} is ${ratio} and may be ${BARS[name]}.`);
    process.exitCode = 1;
  }
}

const installation = await openInstallation(seedGroup);
try {
  await main(installation);
} finally {
  await installation.close();
}
