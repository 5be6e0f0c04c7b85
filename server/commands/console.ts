import type { EnvironmentName } from "@/lib/core/actor";
import type { ConsoleClient } from "../console-client/console-client";
import { Failure } from "../installation/failure";
import { type ApiCommand, type FlagValues, oneOf, optional, required, table, UsageError, wholeNumber } from "./command";

/** Chores by the console's HTTP API: the same on this installation and, with a token, on another. */

const ENVIRONMENTS: readonly EnvironmentName[] = ["development", "production"];

interface AppRow {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly plan: string;
  readonly createdAt: string;
  readonly expiresAt: string | null;
  readonly environments: readonly string[];
}

interface Keys {
  readonly name: string;
  readonly appKey: string;
  readonly appSecret: string;
}

const listApps = async (console: ConsoleClient) => (await console.call<{ rows: AppRow[] }>("GET", "/apps")).rows;

/** The app that --app names; left out, the only one there is. Throws `UsageError`. */
export async function appOf(console: ConsoleClient, flags: FlagValues): Promise<string> {
  const named = optional(flags, "app");
  if (named !== undefined) return named;
  const [only, ...others] = await listApps(console);
  if (only === undefined) throw new UsageError("There is no app yet: `apps create` makes one.");
  if (others.length > 0) throw new UsageError("--app is missing: `apps list` shows what there is.");
  return only.id;
}

const part = encodeURIComponent;

/** The path of Development of the app that is meant. */
export const developmentOf = async (console: ConsoleClient, flags: FlagValues) =>
  `/apps/${part(await appOf(console, flags))}/development`;

const createApp: ApiCommand = {
  name: "apps create",
  usage: "--name NAME [--description TEXT] [--minutes N]",
  summary: "make an app; shows its keys. With --minutes it is temporary: it goes with all its data after that time",
  needs: "console",
  flags: { name: { type: "string" }, description: { type: "string" }, minutes: { type: "string" } },
  async run(console, flags) {
    const lifetimeMinutes = wholeNumber(flags, "minutes");
    const app = await console.call<Omit<AppRow, "environments"> & { readonly environments: readonly Keys[] }>(
      "POST",
      "/apps",
      {
        name: required(flags, "name"),
        description: optional(flags, "description") ?? "",
        ...(lifetimeMinutes === undefined ? {} : { lifetimeMinutes }),
      },
    );
    const keys = app.environments.map((environment) => [environment.name, environment.appKey, environment.appSecret]);
    const until = app.expiresAt === null ? "" : ` It goes with all its data at ${app.expiresAt}.`;
    return {
      data: app,
      text: `Made ${app.name} (${app.id}) on the plan ${app.plan}.${until}\n\n${table([["environment", "App Key", "App Secret"], ...keys])}`,
    };
  },
};

const appsList: ApiCommand = {
  name: "apps list",
  usage: "",
  summary: "all apps",
  needs: "console",
  flags: {},
  async run(console) {
    const apps = await listApps(console);
    const rows = apps.map((app) => [app.id, app.plan, app.environments.join(", "), app.name]);
    return {
      data: apps,
      text: rows.length === 0 ? "There is no app yet." : table([["id", "plan", "environments", "name"], ...rows]),
    };
  },
};

const keys: ApiCommand = {
  name: "apps keys",
  usage: "[--app ID] --env development|production",
  summary: "App Key and App Secret of an environment; with a token of Development only",
  needs: "console",
  flags: { app: { type: "string" }, env: { type: "string" } },
  async run(console, flags) {
    const name = oneOf(flags, "env", ENVIRONMENTS);
    const found = await console.call<Keys>("GET", `/apps/${part(await appOf(console, flags))}/${name}/keys`);
    return {
      data: found,
      text: table([
        ["App Key", found.appKey],
        ["App Secret", found.appSecret],
      ]),
    };
  },
};

const deleteApp: ApiCommand = {
  name: "apps delete",
  usage: "--app ID [--dry-run]",
  summary: "delete a temporary app with its data, or any other that has no users",
  needs: "console",
  flags: { app: { type: "string" }, "dry-run": { type: "boolean" } },
  async run(console, flags) {
    const appId = required(flags, "app");
    const app = (await listApps(console)).find(({ id }) => id === appId);
    if (app === undefined) throw new Failure(`There is no app with the ID ${appId}. (not_found)`);
    const dryRun = flags["dry-run"] === true;
    if (!dryRun) await console.call("DELETE", `/apps/${part(appId)}`);
    return {
      data: { id: appId, name: app.name, deleted: !dryRun },
      text: dryRun ? `${app.name} (${appId}) would be deleted.` : `${app.name} (${appId}) is deleted.`,
    };
  },
};

interface UserRow {
  readonly userId: string;
  readonly name: string;
  readonly status: string;
  readonly createdAt: string;
  readonly lastSeenAt: string | null;
}

interface UserPage {
  readonly rows: UserRow[];
  readonly next: string | null;
}

const MOST_USERS = 1_000;

const usersList: ApiCommand = {
  name: "users list",
  usage: "[--app ID] [--env NAME] [--query TEXT] [--status active|banned|deleted] [--most N]",
  summary: `users, the latest registered first; at most 100, or as many as --most says, up to ${MOST_USERS}`,
  needs: "console",
  flags: {
    app: { type: "string" },
    env: { type: "string" },
    query: { type: "string" },
    status: { type: "string" },
    most: { type: "string" },
  },
  async run(console, flags) {
    const name = flags.env === undefined ? "development" : oneOf(flags, "env", ENVIRONMENTS);
    const most = Math.min(wholeNumber(flags, "most") ?? 100, MOST_USERS);
    const query = new URLSearchParams({ size: "100" });
    const text = optional(flags, "query");
    if (text !== undefined) query.set("q", text);
    if (flags.status !== undefined) query.set("status", oneOf(flags, "status", ["active", "banned", "deleted"]));
    const base = `/apps/${part(await appOf(console, flags))}/${name}/users`;
    const users: UserRow[] = [];
    for (let next: string | null = ""; next !== null && users.length < most; ) {
      if (next !== "") query.set("cursor", next);
      const page: UserPage = await console.call<UserPage>("GET", `${base}?${query}`);
      users.push(...page.rows);
      next = page.next;
    }
    const rows = users.slice(0, most);
    return {
      data: rows,
      text:
        rows.length === 0
          ? "No users."
          : table([
              ["userId", "status", "registered", "last seen", "name"],
              ...rows.map((user) => [user.userId, user.status, user.createdAt, user.lastSeenAt ?? "never", user.name]),
            ]),
    };
  },
};

interface Deletion {
  readonly count: number;
  readonly seatsFreed: number;
  readonly userIds: readonly string[];
  readonly jobId: string | null;
}

interface Job {
  readonly state: string;
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
}

const WAYS = ["prefix", "ids", "created-before", "unseen-since"] as const;

/** Which users, by exactly one flag. Throws `UsageError`. */
function selectionOf(flags: FlagValues) {
  const [way, ...more] = WAYS.filter((name) => flags[name] !== undefined);
  if (way === undefined || more.length > 0) {
    throw new UsageError(`Say which users by one of --${WAYS.join(", --")}.`);
  }
  const value = required(flags, way);
  switch (way) {
    case "prefix":
      return { by: "prefix", prefix: value };
    case "ids":
      return { by: "ids", userIds: value.split(/[\s,]+/).filter((id) => id !== "") };
    case "created-before":
      return { by: "created", before: value };
    case "unseen-since":
      return { by: "unseen", since: value };
  }
}

const usersDelete: ApiCommand = {
  name: "users delete",
  usage: "[--app ID] --prefix P | --ids A,B | --created-before TIME | --unseen-since TIME [--dry-run]",
  summary: "delete test users of Development with all their data, and wait until it is done",
  needs: "console",
  flags: {
    app: { type: "string" },
    prefix: { type: "string" },
    ids: { type: "string" },
    "created-before": { type: "string" },
    "unseen-since": { type: "string" },
    "dry-run": { type: "boolean" },
  },
  async run(console, flags) {
    const selection = selectionOf(flags);
    const base = await developmentOf(console, flags);
    const dryRun = flags["dry-run"] === true;
    const plan = await console.call<Deletion>("POST", `${base}/users/delete`, { selection, dryRun });
    const users = (count: number) => `${count} ${count === 1 ? "user" : "users"}`;
    if (dryRun || plan.jobId === null) {
      const ids = plan.userIds.length === 0 ? "" : `\n\n${plan.userIds.join("\n")}`;
      return {
        data: { ...plan, deleted: 0 },
        text: plan.count === 0 ? "Nobody matches." : `${users(plan.count)} would be deleted.${ids}`,
      };
    }
    const job = await finished(console, base, plan.jobId);
    const failed = job.failed > 0;
    return {
      data: { ...plan, deleted: job.succeeded, failed: job.failed },
      text: `Deleted ${users(job.succeeded)}${failed ? `; ${users(job.failed)} could not be deleted` : ""}.`,
      exitCode: failed || job.state !== "finished" ? 1 : 0,
    };
  },
};

const POLL_MS = 250;
const JOB_LIMIT_MS = 10 * 60_000;

/** The job once it has ended. Throws `Failure` when it takes longer than ten minutes. */
export async function finished(console: ConsoleClient, base: string, jobId: string): Promise<Job> {
  const deadline = Date.now() + JOB_LIMIT_MS;
  for (;;) {
    const job = await console.call<Job>("GET", `${base}/jobs/${part(jobId)}`);
    if (job.state === "finished" || job.state === "cancelled") return job;
    if (Date.now() > deadline) {
      throw new Failure(
        `The job ${jobId} has not finished in ten minutes: ${job.succeeded} of ${job.total}. Does the service run?`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

interface Quota {
  readonly used: number;
  readonly limit: number;
  readonly free: number;
  readonly byPrefix: readonly { readonly prefix: string; readonly count: number }[];
}

const quota: ApiCommand = {
  name: "quota",
  usage: "[--app ID] [--need N]",
  summary: "who holds the seats of Development; with --need ends with 1 when fewer than N are free",
  needs: "console",
  flags: { app: { type: "string" }, need: { type: "string" } },
  async run(console, flags) {
    const need = wholeNumber(flags, "need") ?? 0;
    const found = await console.call<Quota>("GET", `${await developmentOf(console, flags)}/quota`);
    const rows = found.byPrefix.map(({ prefix, count }) => [prefix, String(count)]);
    const holders = rows.length === 0 ? "" : `\n\n${table([["prefix", "users"], ...rows])}`;
    return {
      data: found,
      text: `${found.used} of ${found.limit} seats are taken, ${found.free} are free.${holders}`,
      exitCode: found.free < need ? 1 : 0,
    };
  },
};

export const consoleCommands: readonly ApiCommand[] = [
  createApp,
  appsList,
  keys,
  deleteApp,
  usersList,
  usersDelete,
  quota,
];
