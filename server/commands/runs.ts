import { ApiRefusal, type ConsoleClient } from "../console-client/console-client";
import {
  type ApiCommand,
  type FlagValues,
  minutesIn,
  optional,
  required,
  table,
  UsageError,
  wholeNumber,
} from "./command";
import { developmentOf, finished } from "./console";

interface Run {
  readonly id: string;
  readonly label: string;
  readonly state: string;
  readonly startedBy: string;
  readonly expiresAt: string;
  readonly reserved: number;
  readonly users: number;
  readonly online: number;
}

interface Ended {
  readonly count: number;
  readonly userIds: readonly string[] | null;
  readonly jobId: string | null;
}

const runsOf = async (console: ConsoleClient, flags: FlagValues) => `${await developmentOf(console, flags)}/runs`;

const seatsOf = ({ users, reserved }: Run) => (reserved === 0 ? String(users) : `${users} of ${reserved} reserved`);

const text = { type: "string" } as const;

const ASK_AGAIN_MS = 1_000;

/** Starts a run; asks again until the deadline while others hold the seats that it reserves. */
async function startedBy(deadline: number, console: ConsoleClient, path: string, asked: object): Promise<Run> {
  for (;;) {
    try {
      return await console.call<Run>("POST", path, asked);
    } catch (error) {
      const taken = error instanceof ApiRefusal && error.code === "seats_not_free";
      if (!taken || Date.now() + ASK_AGAIN_MS > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

const start: ApiCommand = {
  name: "runs start",
  usage: "[--app ID] [--run ID] [--label TEXT] [--ttl 2h] [--reserve SEATS] [--wait 10m] [--prefix TEXT]",
  summary: "start a test run in Development; its users are deleted when it ends or after --ttl",
  needs: "console",
  flags: { app: text, run: text, label: text, ttl: text, reserve: text, wait: text, prefix: text },
  async run(console, flags) {
    const asked = {
      id: optional(flags, "run"),
      label: optional(flags, "label"),
      minutes: minutesIn(flags, "ttl"),
      reserved: wholeNumber(flags, "reserve"),
      userIdPrefix: optional(flags, "prefix"),
    };
    const deadline = Date.now() + (minutesIn(flags, "wait") ?? 0) * 60_000;
    const run = await startedBy(deadline, console, await runsOf(console, flags), asked);
    return {
      data: run,
      text: `Started the test run ${run.id}, which expires at ${run.expiresAt}. Register users with the header X-Test-Run: ${run.id}`,
    };
  },
};

const extend: ApiCommand = {
  name: "runs extend",
  usage: "[--app ID] --run ID [--ttl 2h] [--reserve SEATS]",
  summary: "let a test run live so long from now, or change its reserved seats",
  needs: "console",
  flags: { app: text, run: text, ttl: text, reserve: text },
  async run(console, flags) {
    const changes = { minutes: minutesIn(flags, "ttl"), reserved: wholeNumber(flags, "reserve") };
    const runId = required(flags, "run");
    if (changes.minutes === undefined && changes.reserved === undefined) {
      throw new UsageError("Give --ttl, --reserve or both.");
    }
    const path = `${await runsOf(console, flags)}/${encodeURIComponent(runId)}`;
    const run = await console.call<Run>("PATCH", path, changes);
    return {
      data: run,
      text: `The test run ${run.id} expires at ${run.expiresAt} and has ${run.reserved} seats reserved.`,
    };
  },
};

const usersText = (count: number) => (count === 1 ? "1 user" : `${count} users`);

const end: ApiCommand = {
  name: "runs end",
  usage: "[--app ID] --run ID [--dry-run] [--no-wait]",
  summary: "end a test run and wait until its users are deleted; --dry-run says which",
  needs: "console",
  flags: { app: text, run: text, "dry-run": { type: "boolean" }, "no-wait": { type: "boolean" } },
  async run(console, flags) {
    const runId = required(flags, "run");
    const base = await developmentOf(console, flags);
    const dryRun = flags["dry-run"] === true;
    const path = `${base}/runs/${encodeURIComponent(runId)}/end`;
    const { count, userIds, jobId } = await console.call<Ended>("POST", path, { dryRun });
    if (dryRun) {
      return {
        data: { runId, dryRun, users: count, userIds },
        text: [
          `Ending the test run ${runId} would delete ${usersText(count)}. Nothing was changed.`,
          ...(userIds ?? []),
        ].join("\n"),
      };
    }
    if (jobId === null || flags["no-wait"] === true) {
      const rest = jobId === null ? "which had no users." : `whose ${usersText(count)} the job ${jobId} deletes.`;
      return { data: { runId, users: count, jobId }, text: `Ended the test run ${runId}, ${rest}` };
    }
    const job = await finished(console, base, jobId);
    return {
      data: { runId, users: count, jobId, deleted: job.succeeded, failed: job.failed },
      text: `Ended the test run ${runId}: deleted ${usersText(job.succeeded)}${job.failed > 0 ? `, ${usersText(job.failed)} could not be deleted` : ""}.`,
      exitCode: job.failed > 0 || job.state !== "finished" ? 1 : 0,
    };
  },
};

const list: ApiCommand = {
  name: "runs list",
  usage: "[--app ID] [--all]",
  summary: "the test runs that live; --all: also the latest that are over",
  needs: "console",
  flags: { app: text, all: { type: "boolean" } },
  async run(console, flags) {
    const query = new URLSearchParams({ size: "100", ...(flags.all === true ? {} : { state: "live" }) });
    const { rows } = await console.call<{ rows: Run[] }>("GET", `${await runsOf(console, flags)}?${query}`);
    const lines = rows.map((run) => [
      run.id,
      run.state,
      seatsOf(run),
      String(run.online),
      run.expiresAt,
      run.startedBy,
      run.label,
    ]);
    const head = ["run", "state", "users", "online", "expires", "started by", "label"];
    return { data: rows, text: lines.length === 0 ? "There are no test runs." : table([head, ...lines]) };
  },
};

export const runCommands: readonly ApiCommand[] = [start, extend, end, list];
