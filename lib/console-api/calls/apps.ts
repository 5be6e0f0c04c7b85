import { z } from "zod";
import { createApp } from "@/lib/core/apps/create-app";
import { deleteApp } from "@/lib/core/apps/delete-app";
import { listApps } from "@/lib/core/apps/list-apps";
import { revealAppSecret } from "@/lib/core/apps/reveal-app-secret";
import { CreateAppSchema } from "@/lib/core/apps/schema";
import { AppError } from "@/lib/core/errors";
import { revealWebhookSecret } from "@/lib/core/webhooks/webhook-secret";
import { type Caller, defineCall } from "../call";
import { Done, EnvironmentName, Moment, Plan } from "./shapes";

const App = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  plan: Plan,
  createdAt: Moment,
  expiresAt: Moment.nullable().describe("When a temporary app goes with all its data; null: it stays."),
  environments: z.array(EnvironmentName),
});

const Keys = z.object({ name: EnvironmentName, appKey: z.string(), appSecret: z.string() });

/** A token for one app is not for making others. */
function requireEveryApp({ appId }: Caller): void {
  if (appId === null) return;
  throw new AppError("forbidden", { message: "This token is for one app and can’t create others." });
}

export const getApps = defineCall({
  method: "GET",
  path: "/apps",
  group: "Apps",
  operationId: "listApps",
  summary: "List apps",
  description: "All apps, oldest first. A token for one app sees that one.",
  permission: "keys.read",
  environments: "both",
  input: null,
  output: z.object({ rows: z.array(App) }),
  async run(context, actor, { caller }) {
    const apps = await listApps(context, actor);
    const rows = caller.appId === null ? apps : apps.filter(({ id }) => id === caller.appId);
    return {
      rows: rows.map(({ id, name, description, plan, createdAt, expiresAt, environments }) => ({
        id,
        name,
        description,
        plan,
        createdAt,
        expiresAt,
        environments,
      })),
    };
  },
});

export const postApp = defineCall({
  method: "POST",
  path: "/apps",
  group: "Apps",
  operationId: "createApp",
  summary: "Create an app",
  description:
    "Makes an app with a Development environment and gives its App Key and App Secret. With `lifetimeMinutes` it is temporary: when the time is over it is deleted with all its data, whether or not anybody tidies up.",
  permission: "apps.create",
  environments: "both",
  input: CreateAppSchema,
  output: z.object({
    id: z.string(),
    name: z.string(),
    plan: Plan,
    expiresAt: Moment.nullable(),
    environments: z.array(Keys),
  }),
  status: 201,
  run(context, actor, { input, caller }) {
    requireEveryApp(caller);
    return createApp(context, actor, input as z.input<typeof CreateAppSchema>);
  },
});

export const deleteAppCall = defineCall({
  method: "DELETE",
  path: "/apps/{app}",
  group: "Apps",
  operationId: "deleteApp",
  summary: "Delete an app",
  description:
    "A temporary app goes with its users. Any other is deleted only while it has none, soft-deleted ones included, and by an owner’s token.",
  permission: "apps.create",
  environments: "both",
  input: null,
  output: Done,
  async run(context, actor, { params }) {
    const app = (await listApps(context, actor)).find(({ id }) => id === params.app);
    if (app === undefined) throw new AppError("not_found", { message: `There is no app with the ID ${params.app}.` });
    await deleteApp(context, actor, { appId: app.id, confirmation: app.name });
  },
});

export const getKeys = defineCall({
  method: "GET",
  path: "/apps/{app}/{env}/keys",
  group: "Apps",
  operationId: "getKeys",
  summary: "Get App Key and App Secret",
  description: "Of Development. Each look is an entry of the audit log.",
  permission: "keys.reveal",
  environments: "development",
  input: null,
  output: Keys,
  async run(context, actor) {
    return { name: actor.environment?.name, ...(await revealAppSecret(context, actor)) };
  },
});

export const getWebhookSecret = defineCall({
  method: "GET",
  path: "/apps/{app}/{env}/webhook-secret",
  group: "Apps",
  operationId: "getWebhookSecret",
  summary: "Get the webhook secret",
  description: "Of Development: what webhook deliveries are signed with. Each look is an entry of the audit log.",
  permission: "keys.reveal",
  environments: "development",
  input: null,
  output: z.object({ webhookSecret: z.string() }),
  async run(context, actor) {
    const { webhookSecret } = await revealWebhookSecret(context, actor);
    return { webhookSecret };
  },
});
