import { z } from "zod";
import type { AuditRecord } from "../audit/audit-store";
import type { ItemResult, PendingItem } from "../jobs/job-item-store";
import type { JobKind } from "../jobs/kind";
import { type Registration, type RegistrationResult, registerAll, registerWithin } from "../users/registration-store";
import { lockSeats } from "../users/seat-store";
import { quotaThresholdEvents } from "../webhooks/quota-threshold";

const ParamsSchema = z.object({ existing: z.enum(["skip", "update"]) });
const UserSchema = z.object({ name: z.string(), avatarUrl: z.string().nullable() });

/** Registers the users of an imported file; in Development as long as there are seats. */
export const importJob: JobKind = {
  batchSize: 250,
  async carryOut({ context, run, environment, job }, items) {
    const now = context.now();
    const update = ParamsSchema.parse(job.params).existing === "update";
    const registrations = items.map(({ targetId, detail }): Registration => {
      return { userId: targetId, ...UserSchema.parse(detail), createdAt: new Date(now) };
    });
    // Before the users are locked, as every registration does.
    const seats = environment.name === "development" ? await lockSeats(run, environment.id, now) : null;
    const results =
      seats === null
        ? await registerAll(run, environment.id, registrations, { update })
        : await registerWithin(run, environment.id, registrations, seats, { update });
    const created = results.filter(({ outcome }) => outcome === "created").length;
    return {
      at: now,
      result: items.map((item, index) => resultOf(item, results[index], update)),
      audit: registrations.flatMap((registration, index) => entryOf(registration, results[index], update)),
      webhooks:
        seats === null
          ? []
          : quotaThresholdEvents(now, { before: seats.taken, after: seats.taken + created, limit: seats.limit }),
    };
  },
};

const isChanged = (result: RegistrationResult) => result.outcome === "known" && Object.keys(result.after).length > 0;

function resultOf({ position }: PendingItem, result: RegistrationResult | undefined, update: boolean): ItemResult {
  switch (result?.outcome) {
    case "created":
      // The name is the user's now; the record keeps only whom it was about.
      return { position, state: "succeeded", errorCode: null, detail: null };
    case "known":
      if (!isChanged(result)) return { position, state: "skipped", errorCode: "unchanged", detail: null };
      return update
        ? { position, state: "succeeded", errorCode: "user_updated", detail: null }
        : { position, state: "skipped", errorCode: "user_exists", detail: null };
    case "soft_deleted":
      return { position, state: "skipped", errorCode: "user_soft_deleted", detail: null };
    case "quota_reached":
      return { position, state: "failed", errorCode: "user_quota_reached" };
    case undefined:
      throw new Error("import: each user has a result");
  }
}

function entryOf(
  { userId, name, avatarUrl }: Registration,
  result: RegistrationResult | undefined,
  update: boolean,
): AuditRecord[] {
  const target = { kind: "user", id: userId, name } as const;
  if (result?.outcome === "created") {
    return [{ action: "user.registered", target, after: { name, ...(avatarUrl === null ? {} : { avatarUrl }) } }];
  }
  if (result?.outcome !== "known" || !update || !isChanged(result)) return [];
  return [{ action: "user.updated", target, before: result.before, after: result.after }];
}
