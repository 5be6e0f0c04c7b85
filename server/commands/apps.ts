import type { EnvironmentName } from "@/lib/core/actor";
import { findApps } from "@/lib/core/apps/app-store";
import { changePlan } from "@/lib/core/apps/change-plan";
import { createApp } from "@/lib/core/apps/create-app";
import { resolveEnvironment } from "@/lib/core/apps/resolve-environment";
import { revealAppSecret } from "@/lib/core/apps/reveal-app-secret";
import { AppError } from "@/lib/core/errors";
import { changeUserLimit } from "@/lib/core/quota/change-user-limit";
import { systemActor } from "../installation/first-run";
import { type CoreCommand, oneOf, required, table } from "./command";

const ENVIRONMENTS: readonly EnvironmentName[] = ["development", "production"];

const create: CoreCommand = {
  name: "apps create",
  usage: "--name NAME [--description TEXT]",
  summary: "make an app; shows its keys",
  needs: "installation",
  flags: { name: { type: "string" }, description: { type: "string" } },
  async run({ context }, flags) {
    const app = await createApp(context, systemActor("cli"), {
      name: required(flags, "name"),
      description: typeof flags.description === "string" ? flags.description : "",
    });
    const keys = app.environments.map((environment) => [environment.name, environment.appKey, environment.appSecret]);
    return {
      data: app,
      text: `Made ${app.name} (${app.id}) on the plan ${app.plan}.\n\n${table([["environment", "App Key", "App Secret"], ...keys])}`,
    };
  },
};

const list: CoreCommand = {
  name: "apps list",
  usage: "",
  summary: "all apps",
  needs: "installation",
  flags: {},
  async run({ context }) {
    const apps = await findApps(context.db.prisma);
    const rows = apps.map((app) => [app.id, app.plan, app.environments.join(", "), app.name]);
    return {
      data: apps.map(({ id, name, description, plan, createdAt, environments }) => ({
        id,
        name,
        description,
        plan,
        createdAt,
        environments,
      })),
      text: rows.length === 0 ? "There is no app yet." : table([["id", "plan", "environments", "name"], ...rows]),
    };
  },
};

const keys: CoreCommand = {
  name: "apps keys",
  usage: "--app ID --env development|production",
  summary: "App Key and App Secret of an environment",
  needs: "installation",
  flags: { app: { type: "string" }, env: { type: "string" } },
  async run({ context }, flags) {
    const appId = required(flags, "app");
    const name = oneOf(flags, "env", ENVIRONMENTS);
    const environment = await resolveEnvironment(context, appId, name);
    if (environment === null) {
      throw new AppError("not_found", {
        message: `There is no app ${appId} with an open ${name} environment. \`apps list\` shows what there is; production opens with the plan starter or pro.`,
      });
    }
    const { appKey, appSecret } = await revealAppSecret(context, { ...systemActor("cli"), environment });
    return {
      data: { name, appKey, appSecret },
      text: table([
        ["App Key", appKey],
        ["App Secret", appSecret],
      ]),
    };
  },
};

const plan: CoreCommand = {
  name: "apps plan",
  usage: "--app ID --plan free|starter|pro",
  summary: "change an app's plan; starter and pro open production",
  needs: "installation",
  flags: { app: { type: "string" }, plan: { type: "string" } },
  async run({ context }, flags) {
    const appId = required(flags, "app");
    const wanted = oneOf(flags, "plan", ["free", "starter", "pro"] as const);
    await changePlan(context, systemActor("cli"), { appId, plan: wanted });
    const app = (await findApps(context.db.prisma)).find((candidate) => candidate.id === appId);
    const environments = app?.environments ?? [];
    return {
      data: { id: appId, name: app?.name, plan: wanted, environments },
      text: `${app?.name} (${appId}) is on the plan ${wanted}; environments: ${environments.join(", ")}.`,
    };
  },
};

const limit: CoreCommand = {
  name: "apps limit",
  usage: "--app ID --users NUMBER",
  summary: "change how many users Development may have, from 10 to 10,000",
  needs: "installation",
  flags: { app: { type: "string" }, users: { type: "string" } },
  async run({ context }, flags) {
    const appId = required(flags, "app");
    const users = Number(required(flags, "users"));
    const environment = await resolveEnvironment(context, appId, "development");
    if (environment === null) throw new AppError("not_found", { message: `There is no app with the id ${appId}.` });
    await changeUserLimit(context, { ...systemActor("cli"), environment }, { limit: users });
    return {
      data: { id: appId, name: environment.appName, userLimit: users },
      text: `Development of ${environment.appName} (${appId}) may have ${users} registered users.`,
    };
  },
};

export const appCommands: readonly CoreCommand[] = [create, list, keys, plan, limit];
