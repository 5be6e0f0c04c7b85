import { setTimeout as pause } from "node:timers/promises";
import type { EnvironmentId, Operator } from "@/lib/core/actor";
import { findEnvironmentsByIds } from "@/lib/core/apps/environment-store";
import { planBulk } from "@/lib/core/bulk/plan-bulk";
import { type BulkActInput, bulkPhrase } from "@/lib/core/bulk/schema";
import { startBulk } from "@/lib/core/bulk/start-bulk";
import type { Context } from "@/lib/core/context";
import { getJob } from "@/lib/core/jobs/get-job";
import { undoJob } from "@/lib/core/jobs/undo-job";
import { parseEnv } from "@/lib/env";
import { createRuntime } from "@/lib/runtime";
import { signedClient } from "@/test/support/signed-client";
import { json, note, numberFlag } from "./common/flags";
import { openInstallation, seedUsers } from "./common/installation";

/**
 * `npm run bench -- jobs [--json] [--users N]`: the dry run, the job and the undo of a ban of everybody in an environment, by a
 * service process that answers the Server API meanwhile; and how long that takes to answer, beside before.
 *
 * Starts a PostgreSQL of its own and removes it; BENCH_DATABASE_URL names another server's maintenance database instead.
 */

const USERS = numberFlag("--users", 100_000);
const TARGET_S = 60;
/** Requests a second, one after another: enough to see what they wait for, and little enough not to be the load. */
const PAUSE_MS = 20;

/** Milliseconds of each answer, until `done` says so. */
async function answerTimes(ask: (number: number) => Promise<unknown>, done: () => boolean): Promise<number[]> {
  const times: number[] = [];
  while (!done()) {
    const began = performance.now();
    await ask(times.length);
    times.push(performance.now() - began);
    await pause(PAUSE_MS);
  }
  return times;
}

const quantile = (values: readonly number[], share: number) =>
  [...values].sort((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

const rounded = (value: number) => Math.round(value * 10) / 10;
const shown = (times: readonly number[]) => ({
  p50: rounded(quantile(times, 0.5)),
  p99: rounded(quantile(times, 0.99)),
});

async function finished(context: Context, actor: Operator, jobId: string): Promise<number> {
  const began = performance.now();
  for (;;) {
    const job = await getJob(context, actor, { jobId });
    if (job?.state === "finished") {
      if (job.failed + job.skipped > 0) throw new Error(`${job.failed} failed, ${job.skipped} were left out`);
      return (performance.now() - began) / 1_000;
    }
    await pause(100);
  }
}

const installation = await openInstallation(seedUsers(USERS));
try {
  const { databaseUrl, production } = installation;
  const { port } = await installation.startService({});
  const runtime = await createRuntime(
    "bench",
    parseEnv({ DATABASE_URL: databaseUrl, LOG_LEVEL: "silent", MASTER_KEY: "00".repeat(32) }),
  );
  const { context } = runtime;
  const [environment] = (
    await findEnvironmentsByIds(context.db.prisma, [production.environmentId as EnvironmentId])
  ).values();
  if (environment === undefined) throw new Error("there is no environment");
  const actor: Operator = {
    kind: "operator",
    source: "console",
    fresh: true,
    requestId: "bench",
    ip: "",
    environment,
    operatorId: "op-bench",
    name: "Bench",
    email: "bench@example.com",
    role: "owner",
    holds: { everywhere: "owner", grants: [] },
  };
  const api = signedClient({ baseUrl: `http://127.0.0.1:${port}`, ...production });
  const ask = async (number: number) => {
    const { body } = await api.send("/v4/user/get", { userId: `user-${(number * 7_919) % USERS}` });
    if (body.code !== 0) throw new Error(`the service answered ${body.code}`);
  };

  let over = false;
  const quiet = answerTimes(ask, () => over);
  await pause(5_000);
  over = true;
  const before = await quiet;

  const act: BulkActInput = { kind: "ban", durationMinutes: 60, reason: "raid" };
  const selection = { by: "users", filter: {} } as const;
  const planned = performance.now();
  const plan = await planBulk(context, actor, { act, selection });
  const dryRunS = (performance.now() - planned) / 1_000;
  if (plan.count !== USERS) throw new Error(`the dry run found ${plan.count} users`);

  over = false;
  const busy = answerTimes(ask, () => over);
  const phrase = bulkPhrase("ban", "production", plan) ?? "";
  const { jobId } = await startBulk(context, actor, { act, selection, plan, phrase });
  const jobS = await finished(context, actor, jobId);
  over = true;
  const meanwhile = await busy;
  const undo = await undoJob(context, actor, { jobId });
  const undoS = await finished(context, actor, undo.jobId);
  await runtime.close();

  const result = {
    users: USERS,
    dryRunS: rounded(dryRunS),
    jobS: rounded(jobS),
    undoS: rounded(undoS),
    answersMs: { before: shown(before), meanwhile: shown(meanwhile) },
    reached: jobS < TARGET_S,
  };
  note(
    `${USERS.toLocaleString("en")} users: dry run ${result.dryRunS} s, banned in ${result.jobS} s, undone in ${result.undoS} s`,
  );
  note(
    `user/get: ${JSON.stringify(result.answersMs.before)} ms before, ${JSON.stringify(result.answersMs.meanwhile)} ms meanwhile`,
  );
  if (json) console.log(JSON.stringify(result));
  if (!result.reached) process.exitCode = 1;
} finally {
  await installation.close();
}
