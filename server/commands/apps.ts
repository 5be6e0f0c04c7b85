import { findApps } from "@/lib/core/apps/app-store";
import { changePlan } from "@/lib/core/apps/change-plan";
import { resolveEnvironment } from "@/lib/core/apps/resolve-environment";
import { AppError } from "@/lib/core/errors";
import { changeUserLimit } from "@/lib/core/quota/change-user-limit";
import { systemActor } from "../installation/first-run";
import { type CoreCommand, oneOf, required } from "./command";

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

export const appCommands: readonly CoreCommand[] = [plan, limit];
