import { randomBytes } from "node:crypto";
import type { AppUser, EnvironmentId } from "@/lib/core/actor";
import { sendDirectMessage } from "@/lib/core/messages/send-direct-message";
import { parseEnv } from "@/lib/env";
import { createRuntime } from "@/lib/runtime";
import { json, note, numberFlag } from "./common/flags";
import { type Installation, openInstallation, seedUsers } from "./common/installation";
import { cpuSeconds } from "./common/processor-time";
import { storeAlone } from "./messages/store-alone";

/**
 * `npm run bench -- messages [--json] [--seconds N] [--senders N] [--users N]`: direct messages as the core sends them, with
 * the rule, the recognition of repetitions and the other processes told, by senders of one process that each wait for the
 * commit, to the other users in turn. Beside it the same messages stored by one connection to PostgreSQL with nothing around it.
 * Every commit is durable. What goes over the network is measured by `npm run bench -- gateway`.
 */

const seconds = numberFlag("--seconds", 8);
const senders = numberFlag("--senders", 64);
const users = numberFlag("--users", 3_000);
const CONTENT = JSON.stringify({ content: "An ordinary message, as people write them to each other all day long." });
const WARM_UP_MS = 2_000;

async function main({ databaseUrl, production }: Installation): Promise<void> {
  const { environmentId, appKey } = production;
  const masterKey = randomBytes(32).toString("hex");
  const settings = parseEnv({ DATABASE_URL: databaseUrl, MASTER_KEY: masterKey, LOG_LEVEL: "silent" });
  const { context, close } = await createRuntime("bench", settings);
  const id = environmentId as EnvironmentId;
  const environment = {
    id,
    appId: "",
    appName: "",
    name: "production",
    appKey,
    plan: "starter",
    userLimit: null,
    clock: null,
  } as const;
  const actorOf = (userId: string): AppUser => ({
    ...{ kind: "app_user", source: "client", requestId: "bench", ip: "" },
    ...{ environment, userId },
  });
  let turn = 0;
  /** Milliseconds from each message to its receipt. */
  const talk = async (ms: number): Promise<number[]> => {
    const times: number[] = [];
    const end = performance.now() + ms;
    const loop = async (actor: AppUser): Promise<void> => {
      for (let now = performance.now(); now < end; ) {
        turn += 1;
        await sendDirectMessage(context, actor, {
          toUserId: `user-${senders + (turn % (users - senders))}`,
          messageType: "RC:TxtMsg",
          content: CONTENT,
          clientMessageId: String(turn),
        });
        const answered = performance.now();
        times.push(answered - now);
        now = answered;
      }
    };
    await Promise.all(Array.from({ length: senders }, (_, sender) => loop(actorOf(`user-${sender}`))));
    return times;
  };
  const database = async () => {
    const { rows } = await context.db.pool.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database()",
    );
    return rows.reduce((sum, { pid }) => sum + cpuSeconds(pid), 0);
  };

  note(`${senders} senders, ${users} users, ${seconds} s`);
  await talk(WARM_UP_MS);
  const [databaseBefore, before, started] = [await database(), process.cpuUsage(), performance.now()];
  const times = await talk(seconds * 1_000);
  const took = (performance.now() - started) / 1_000;
  const used = process.cpuUsage(before);
  const databaseUsed = (await database()) - databaseBefore;
  await close();

  note("The statement alone");
  const alone = await storeAlone(databaseUrl, environmentId, { seconds, batch: senders, users, content: CONTENT });
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round((times[Math.floor(times.length * share)] ?? Number.NaN) * 100) / 100;
  const micros = (spent: number) => Math.round((spent / times.length) * 1e7) / 10;
  const perSecond = Math.round(times.length / took);
  const results = {
    storedPerSecond: perSecond,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    microsPerMessage: { process: micros((used.user + used.system) / 1e6), database: micros(databaseUsed) },
    statementAlonePerSecond: Math.round(alone),
    ratio: Math.round((perSecond / alone) * 100) / 100,
  };
  if (json) {
    console.log(JSON.stringify({ benchmark: "messages", seconds, senders, users, results }, null, 2));
    return;
  }
  console.log("");
  console.table({
    "sent by the core": { "messages/s": perSecond, "p50 ms": results.p50Ms, "p99 ms": results.p99Ms },
    "the statement alone": { "messages/s": results.statementAlonePerSecond },
  });
  const { process: own, database: theirs } = results.microsPerMessage;
  console.log(
    `Processor time per message: this process ${own} µs, PostgreSQL ${theirs} µs. ${results.ratio} of the statement alone.`,
  );
}

const installation = await openInstallation(seedUsers(users));
try {
  await main(installation);
} finally {
  await installation.close();
}
