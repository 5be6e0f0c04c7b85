import type { EnvironmentRef } from "../actor";
import type { Context } from "../context";
import type { ItemResult, PendingItem } from "../jobs/job-item-store";
import type { JobKind } from "../jobs/kind";
import type { ClaimedJob } from "../jobs/unfinished-job-store";
import { type BulkAct, type BulkActOf, BulkActSchema } from "./schema";
import type { UserFacts } from "./user-facts-store";

/** Why a user is not changed, as an item's code; null: is changed. `user` undefined: nobody of the id is registered. */
export type Judge = (user: UserFacts | undefined) => string | null;

/** A kind of job that does one thing with each of many users. */
export interface BulkKind<Kind extends BulkAct["kind"]> extends JobKind {
  /** What the dry run says of each user, in the order in which they are chosen. */
  judge(context: Context, environment: EnvironmentRef, act: BulkActOf<Kind>): Promise<Judge>;
}

/** What a job is to do with its users. */
export function actOf<Kind extends BulkAct["kind"]>(job: ClaimedJob, kind: Kind): BulkActOf<Kind> {
  const act = BulkActSchema.parse((job.params as { act?: unknown } | null)?.act);
  if (act.kind !== kind) throw new Error(`the job ${job.id} is to ${act.kind}, not to ${kind}`);
  return act as BulkActOf<Kind>;
}

/** The moment of the dry run that a job follows. */
export function plannedAtOf(job: ClaimedJob): Date {
  const { plannedAt } = (job.params ?? {}) as { plannedAt?: unknown };
  return typeof plannedAt === "string" ? new Date(plannedAt) : job.createdAt;
}

/** Who registered after the dry run was not meant. */
export const registeredLater = (user: { readonly createdAt: Date } | undefined, plannedAt: Date): string | null =>
  user !== undefined && user.createdAt > plannedAt ? "user_registered_later" : null;

/** Divides a batch into those who are to be changed and those who are left alone, with the reason. */
export function sortOut(
  items: readonly PendingItem[],
  whyNot: (userId: string) => string | null,
): { readonly go: readonly PendingItem[]; readonly left: readonly ItemResult[] } {
  const go: PendingItem[] = [];
  const left: ItemResult[] = [];
  for (const item of items) {
    const errorCode = whyNot(item.targetId);
    if (errorCode === null) go.push(item);
    else left.push({ position: item.position, state: "skipped", errorCode });
  }
  return { go, left };
}

export const idsOf = (items: readonly PendingItem[]): string[] => [...new Set(items.map(({ targetId }) => targetId))];

export const succeeded = ({ position }: PendingItem, detail?: unknown): ItemResult => ({
  position,
  state: "succeeded",
  errorCode: null,
  detail,
});
