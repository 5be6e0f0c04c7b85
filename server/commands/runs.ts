import type { System } from "@/lib/core/actor";
import { resolveEnvironment } from "@/lib/core/apps/resolve-environment";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { endTestRun, planEndOfTestRun } from "@/lib/core/test-runs/end-test-run";
import { extendTestRun } from "@/lib/core/test-runs/extend-test-run";
import { listTestRuns } from "@/lib/core/test-runs/list-test-runs";
import type { TestRunSummary } from "@/lib/core/test-runs/schema";
import { startTestRun } from "@/lib/core/test-runs/start-test-run";
import { systemActor } from "../installation/first-run";
import { type CoreCommand, type FlagValues, required, table, UsageError } from "./command";

const MINUTES_OF: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1440 };

/** Minutes of "90m", "2h" or "7d"; undefined where the flag was not given. Throws `UsageError`. */
function minutesOf(flags: FlagValues): number | undefined {
  const text = flags.ttl;
  if (typeof text !== "string") return undefined;
  const [, count, unit] = /^(\d{1,6})([mhd])$/.exec(text) ?? [];
  const each = MINUTES_OF[unit ?? ""];
  if (count === undefined || each === undefined)
    throw new UsageError(`--ttl must be like 90m, 2h or 7d, not "${text}".`);
  return Number(count) * each;
}

function reservedOf(flags: FlagValues): number | undefined {
  const text = flags.reserve;
  if (typeof text !== "string") return undefined;
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`--reserve must be a number of seats, not "${text}".`);
  return Number(text);
}

const textOf = (flags: FlagValues, name: string): string | undefined => {
  const value = flags[name];
  return typeof value === "string" ? value : undefined;
};

/** The command line, acting on Development of the app that `--app` names. Throws `not_found`. */
async function actorOf(context: Context, flags: FlagValues): Promise<System> {
  const appId = required(flags, "app");
  const environment = await resolveEnvironment(context, appId, "development");
  if (environment === null) throw new AppError("not_found", { message: `There is no app with the id ${appId}.` });
  return { ...systemActor("cli"), environment };
}

/** What is defined of an object. */
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>;
  };

const seatsOf = ({ users, reserved }: TestRunSummary) =>
  reserved === 0 ? String(users) : `${users} of ${reserved} reserved`;

const text = { type: "string" } as const;

const start: CoreCommand = {
  name: "runs start",
  usage: "--app ID [--run ID] [--label TEXT] [--ttl 2h] [--reserve SEATS] [--prefix TEXT]",
  summary: "start a test run in Development; its users are deleted when it ends or after --ttl",
  needs: "installation",
  flags: { app: text, run: text, label: text, ttl: text, reserve: text, prefix: text },
  async run({ context }, flags) {
    const input = given({
      id: textOf(flags, "run"),
      label: textOf(flags, "label"),
      minutes: minutesOf(flags),
      reserved: reservedOf(flags),
      userIdPrefix: textOf(flags, "prefix"),
    });
    const run = await startTestRun(context, await actorOf(context, flags), input);
    return {
      data: run,
      text: `Started the test run ${run.id}, which expires at ${run.expiresAt.toISOString()}. Register users with the header X-Test-Run: ${run.id}`,
    };
  },
};

const extend: CoreCommand = {
  name: "runs extend",
  usage: "--app ID --run ID [--ttl 2h] [--reserve SEATS]",
  summary: "let a test run live so long from now, or change its reserved seats",
  needs: "installation",
  flags: { app: text, run: text, ttl: text, reserve: text },
  async run({ context }, flags) {
    const changes = given({ minutes: minutesOf(flags), reserved: reservedOf(flags) });
    const runId = required(flags, "run");
    if (Object.keys(changes).length === 0) throw new UsageError("Give --ttl, --reserve or both.");
    const run = await extendTestRun(context, await actorOf(context, flags), { runId, ...changes });
    return {
      data: run,
      text: `The test run ${run.id} expires at ${run.expiresAt.toISOString()} and has ${run.reserved} seats reserved.`,
    };
  },
};

const end: CoreCommand = {
  name: "runs end",
  usage: "--app ID --run ID [--dry-run]",
  summary: "end a test run: a job deletes its users now; --dry-run says which",
  needs: "installation",
  flags: { app: text, run: text, "dry-run": { type: "boolean" } },
  async run({ context }, flags) {
    const actor = await actorOf(context, flags);
    const runId = required(flags, "run");
    if (flags["dry-run"] === true) {
      const { count, seatsFreed, willDelete } = await planEndOfTestRun(context, actor, { runId });
      const userIds = willDelete.map(({ userId }) => userId);
      return {
        data: { runId, dryRun: true, users: count, seatsFreed, userIds },
        text: [`Ending the test run ${runId} would delete ${usersText(count)}. Nothing was changed.`, ...userIds].join(
          "\n",
        ),
      };
    }
    const ended = await endTestRun(context, actor, { runId });
    return {
      data: ended,
      text:
        ended.jobId === null
          ? `Ended the test run ${runId}, which had no users.`
          : `Ended the test run ${runId}. The job ${ended.jobId} deletes ${usersText(ended.users)}.`,
    };
  },
};

const usersText = (count: number) => (count === 1 ? "1 user" : `${count} users`);

const list: CoreCommand = {
  name: "runs list",
  usage: "--app ID [--all]",
  summary: "the test runs that live; --all: also the latest that are over",
  needs: "installation",
  flags: { app: text, all: { type: "boolean" } },
  async run({ context }, flags) {
    const state = flags.all === true ? undefined : ("live" as const);
    const { rows } = await listTestRuns(context, await actorOf(context, flags), { size: 100, ...given({ state }) });
    const lines = rows.map((run) => [
      run.id,
      run.state,
      seatsOf(run),
      String(run.online),
      run.expiresAt.toISOString(),
      run.startedByName,
      run.label,
    ]);
    const head = ["run", "state", "users", "online", "expires", "started by", "label"];
    return { data: rows, text: lines.length === 0 ? "There are no test runs." : table([head, ...lines]) };
  },
};

export const runCommands: readonly CoreCommand[] = [start, extend, end, list];
