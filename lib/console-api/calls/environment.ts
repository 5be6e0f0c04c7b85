import { z } from "zod";
import { listAuditEntries } from "@/lib/core/audit/list-audit-entries";
import { type AuditListQueryInput, AuditListQuerySchema } from "@/lib/core/audit/list-schema";
import { AppError } from "@/lib/core/errors";
import { JOB_STATES } from "@/lib/core/jobs/facts";
import { getJob } from "@/lib/core/jobs/get-job";
import { getQuota } from "@/lib/core/quota/get-quota";
import { changeSettings } from "@/lib/core/settings/change-settings";
import { getSettings } from "@/lib/core/settings/get-settings";
import { type ChangeSettingsInput, ChangeSettingsSchema, SettingsSchema } from "@/lib/core/settings/schema";
import { defineCall } from "../call";
import { Moment, page } from "./shapes";

export const getQuotaCall = defineCall({
  method: "GET",
  path: "/apps/{app}/{env}/quota",
  group: "Quota",
  operationId: "getQuota",
  summary: "Who holds the seats of Development",
  description: "How many users are registered, how many may be, and by which prefixes.",
  permission: "users.read",
  environments: "development",
  input: null,
  output: z.object({
    used: z.int(),
    limit: z.int(),
    free: z.int(),
    byPrefix: z.array(z.object({ prefix: z.string(), count: z.int(), oldest: Moment, newest: Moment })),
    withoutPrefix: z.int(),
  }),
  async run(context, actor) {
    const { used, limit, byPrefix, withoutPrefix } = await getQuota(context, actor);
    return {
      used,
      limit,
      free: Math.max(0, limit - used),
      byPrefix: byPrefix.map(({ prefix, count, oldest, newest }) => ({ prefix, count, oldest, newest })),
      withoutPrefix,
    };
  },
});

const Settings = z.object({
  version: z.int().describe("To be named when settings are changed."),
  values: SettingsSchema,
});

export const getSettingsCall = defineCall({
  method: "GET",
  path: "/apps/{app}/{env}/settings",
  group: "Settings",
  operationId: "getSettings",
  summary: "Get chat settings",
  description: "All settings with their values.",
  permission: "settings.read",
  environments: "both",
  input: null,
  output: Settings,
  async run(context, actor) {
    const { version, values } = await getSettings(context, actor);
    return { version, values };
  },
});

export const patchSettings = defineCall({
  method: "PATCH",
  path: "/apps/{app}/{env}/settings",
  group: "Settings",
  operationId: "changeSettings",
  summary: "Change chat settings",
  description:
    "Development only. `changes` names the settings that change; `version` is the one they were read with, and `version_conflict` says that someone has saved since.",
  permission: "settings.change",
  environments: "development",
  input: ChangeSettingsSchema,
  output: z.object({ version: z.int() }),
  async run(context, actor, { input }) {
    const { version } = await changeSettings(context, actor, input as ChangeSettingsInput);
    return { version };
  },
});

export const getJobCall = defineCall({
  method: "GET",
  path: "/apps/{app}/{env}/jobs/{job}",
  group: "Jobs",
  operationId: "getJob",
  summary: "Get a job",
  description: "How far it is. Ask again until `state` is `finished` or `cancelled`.",
  permission: "users.read",
  environments: "both",
  input: null,
  output: z.object({
    id: z.string(),
    kind: z.string(),
    state: z.enum(JOB_STATES),
    total: z.int(),
    succeeded: z.int(),
    failed: z.int(),
    skipped: z.int(),
    createdAt: Moment,
    finishedAt: Moment.nullable(),
  }),
  async run(context, actor, { params }) {
    const job = await getJob(context, actor, { jobId: params.job ?? "" });
    if (job === null) throw new AppError("not_found", { message: "There is no job with this ID." });
    const { id, kind, state, total, succeeded, failed, skipped, createdAt, finishedAt } = job;
    return { id, kind, state, total, succeeded, failed, skipped, createdAt, finishedAt };
  },
});

export const getAudit = defineCall({
  method: "GET",
  path: "/apps/{app}/{env}/audit-log",
  group: "Audit log",
  operationId: "searchAuditLog",
  summary: "Search the audit log",
  description: "By the same filters as the console’s Audit log: `request` finds what one request did.",
  permission: "audit.read",
  environments: "both",
  input: AuditListQuerySchema,
  output: page(
    z.object({
      id: z.string(),
      at: Moment,
      environmentAt: Moment.nullable().describe("What the environment’s test clock said then; null: the same."),
      actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
      action: z.string(),
      words: z.string(),
      target: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
      before: z.record(z.string(), z.unknown()).nullable(),
      after: z.record(z.string(), z.unknown()).nullable(),
      requestId: z.string(),
      source: z.string(),
      ip: z.string(),
      result: z.string(),
    }),
  ),
  run: (context, actor, { input }) => {
    // What the installation did is behind a role of its own, and no token is for it.
    const { scope: _, ...filters } = input as AuditListQueryInput;
    return listAuditEntries(context, actor, filters);
  },
});
