import { z } from "zod";
import type { EnvironmentName } from "../actor";
import { BanReasonSchema, DurationMinutesSchema } from "../bans/schema";
import { limitedText } from "../input/text";
import type { JobKindName } from "../jobs/facts";
import { TagSchema } from "../tags/schema";
import { type BulkSelectionInput, BulkSelectionSchema } from "./selection-schema";

/** What can be done with many users at a time, and what is asked for each. Browser-safe. */
export const BulkActSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("ban"),
    durationMinutes: DurationMinutesSchema,
    reason: BanReasonSchema.default(""),
  }),
  z.object({ kind: z.literal("unban") }),
  z.object({
    kind: z.literal("invalidate_tokens"),
    /** Close their connections as well. */
    disconnect: z.boolean().default(false),
  }),
  z.object({ kind: z.literal("restore") }),
  z.object({ kind: z.literal("add_tag"), tag: TagSchema }),
  z.object({ kind: z.literal("remove_tag"), tag: TagSchema }),
  z.object({ kind: z.literal("copy_data") }),
  z.object({ kind: z.literal("delete_test_users") }),
]);
export type BulkActInput = z.input<typeof BulkActSchema>;
export type BulkAct = z.output<typeof BulkActSchema>;
export type BulkActOf<Kind extends BulkAct["kind"]> = Extract<BulkAct, { kind: Kind }>;

/** The verb of the question, of the button and of what is typed. */
export const BULK_VERBS = {
  ban: "ban",
  unban: "unban",
  invalidate_tokens: "invalidate",
  restore: "restore",
  add_tag: "tag",
  remove_tag: "untag",
  copy_data: "copy",
  delete_test_users: "delete",
} as const satisfies Partial<Record<JobKindName, string>> & Record<BulkAct["kind"], string>;

/** From so many users on, an act in Production is typed. */
const TYPED_FROM = 50;

/** What has to be typed before an act on so many users; null: nothing. What cannot be undone is always typed. */
export function bulkPhrase(
  kind: BulkAct["kind"],
  environment: EnvironmentName,
  { count, capped }: Pick<BulkPlan, "count" | "capped">,
): string | null {
  if (kind !== "delete_test_users" && (environment !== "production" || count < TYPED_FROM)) return null;
  if (capped) return `${BULK_VERBS[kind]} more than ${count} users`;
  return `${BULK_VERBS[kind]} ${count} ${count === 1 ? "user" : "users"}`;
}

/** A dry run counts up to so many users. */
export const PLAN_MAX = 250_000;
/** So many of each are named in it. */
export const PLAN_NAMED = 20;

export const PlanBulkSchema = z.object({ act: BulkActSchema, selection: BulkSelectionSchema });
export interface PlanBulkInput {
  readonly act: BulkActInput;
  readonly selection: BulkSelectionInput;
}

/** What an act on many users would do, changing nothing. */
export interface BulkPlan {
  /** When it was made: who registers later, or is banned or unbanned by somebody else, is left alone. */
  readonly at: Date;
  /** Who will be changed. */
  readonly count: number;
  /** Counting stopped at `PLAN_MAX` users: there are more. */
  readonly capped: boolean;
  /** How many of them are banned now. */
  readonly banned: number;
  /** Live connections that they have in all. */
  readonly connections: number;
  /** The first of them. */
  readonly first: readonly string[];
  readonly skippedCount: number;
  /** Who will not, by the reason, as a code. */
  readonly skipped: readonly { readonly code: string; readonly count: number; readonly first: readonly string[] }[];
}

export const StartBulkSchema = z.object({
  act: BulkActSchema,
  selection: BulkSelectionSchema,
  /** Of the dry run that was shown. */
  plan: z.object({ at: z.date(), count: z.number().int().min(1).max(PLAN_MAX), capped: z.boolean() }),
  /** What was typed. */
  phrase: limitedText({ characters: 200 }, { empty: true }).default(""),
});
export interface StartBulkInput extends PlanBulkInput {
  readonly plan: Pick<BulkPlan, "at" | "count" | "capped">;
  readonly phrase?: string;
}
