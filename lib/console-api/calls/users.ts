import { z } from "zod";
import { planDeletion } from "@/lib/core/deletion/plan-deletion";
import { type DeletionSelectionInput, DeletionSelectionSchema } from "@/lib/core/deletion/schema";
import { startDeletion } from "@/lib/core/deletion/start-deletion";
import { type UserListQueryInput, UserListQuerySchema } from "@/lib/core/users/list-schema";
import { listUsers } from "@/lib/core/users/list-users";
import { defineCall } from "../call";
import { Moment, page } from "./shapes";

const User = z.object({
  userId: z.string(),
  name: z.string(),
  avatarUrl: z.string(),
  createdAt: Moment,
  lastSeenAt: Moment.nullable(),
  bannedUntil: Moment.nullable(),
  softDeletedAt: Moment.nullable(),
  status: z.enum(["active", "banned", "deleted"]),
  connections: z.int(),
  friendCount: z.int(),
});

export const getUsers = defineCall({
  method: "GET",
  path: "/apps/{app}/{env}/users",
  group: "Users",
  operationId: "listUsers",
  summary: "List users",
  description:
    "By the same filters, sorting and cursors as the console’s Users page: whatever stands in its address can be asked here.",
  permission: "users.read",
  environments: "both",
  input: UserListQuerySchema,
  output: page(User),
  async run(context, actor, { input }) {
    const { rows, next, previous } = await listUsers(context, actor, input as UserListQueryInput);
    return { rows, next, previous };
  },
});

const DeleteSchema = z.object({
  selection: DeletionSelectionSchema,
  dryRun: z.boolean("Must be true or false.").default(false),
  fingerprint: z
    .string()
    .optional()
    .describe("Of a dry run: refuses with `version_conflict` when others are selected now."),
});

export const deleteUsers = defineCall({
  method: "POST",
  path: "/apps/{app}/{env}/users/delete",
  group: "Users",
  operationId: "deleteTestUsers",
  summary: "Delete test users",
  description:
    "Development only. Starts the job that deletes the selected users with all their data; `jobId` is null when nobody is selected. With `dryRun` nothing is changed: the answer says who would go.",
  permission: "users.delete_test",
  environments: "development",
  input: DeleteSchema,
  output: z.object({
    count: z.int(),
    seatsFreed: z.int(),
    userIds: z.array(z.string()).describe("The first 1,000 of them, in ID order."),
    skipped: z.array(z.object({ userId: z.string(), reason: z.string() })),
    fingerprint: z.string(),
    jobId: z.string().nullable(),
  }),
  status: 202,
  async run(context, actor, { input }) {
    const asked = DeleteSchema.omit({ selection: true }).parse(input);
    const { selection } = input as { selection: DeletionSelectionInput };
    const plan = await planDeletion(context, actor, selection);
    const { count, seatsFreed, skipped, phrase } = plan;
    const fingerprint = asked.fingerprint ?? plan.fingerprint;
    const started =
      asked.dryRun || count === 0
        ? null
        : await startDeletion(context, actor, { selection, phrase, expectedCount: count, fingerprint });
    return {
      count,
      seatsFreed,
      userIds: plan.willDelete.map(({ userId }) => userId),
      skipped,
      fingerprint: plan.fingerprint,
      jobId: started?.jobId ?? null,
    };
  },
});
