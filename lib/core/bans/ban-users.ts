import { createBatch, perDatabase } from "@/lib/db/batch";
import { type Actor, type EnvironmentId, environmentOf, requirePermission } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { publishAfterCommit } from "../publish";
import { type BanOrder, insertBans } from "./ban-store";
import { type BanUsersInput, BanUsersSchema } from "./schema";

export interface BannedUsers {
  /** Who is banned now, in the order given. */
  readonly banned: string[];
  /** Never registered, or soft-deleted. */
  readonly unknown: string[];
  readonly until: Date;
}

interface BanCall {
  readonly context: Context;
  readonly orders: readonly BanOrder[];
}

/** Most users banned in one transaction, calls together. */
const MAX_CALLS = 50;

const banning = perDatabase((db) =>
  createBatch<BanCall, ReadonlySet<BanOrder>>({
    maxItems: MAX_CALLS,
    maxInFlight: 2,
    keysOf: (call) => call.orders.map((order) => `${order.environmentId}/${order.userId}`),
    async run(calls) {
      const carriedOut = await insertBans(
        db,
        calls.flatMap((call) => call.orders),
      );
      const [first] = calls;
      if (first !== undefined) await publishBans(first.context, carriedOut);
      const done: ReadonlySet<BanOrder> = new Set(carriedOut);
      return calls.map(() => done);
    },
  }),
);

async function publishBans(context: Context, orders: readonly BanOrder[]): Promise<void> {
  const byEnvironment = new Map<EnvironmentId, string[]>();
  for (const { environmentId, userId } of orders) {
    byEnvironment.set(environmentId, [...(byEnvironment.get(environmentId) ?? []), userId]);
  }
  for (const [environmentId, userIds] of byEnvironment) {
    await publishAfterCommit(context, { type: "users.banned", environmentId, userIds });
  }
}

/**
 * Bans users from now for `durationMinutes`; a user who is banned already gets the new end, even an earlier one. Unknown
 * users are skipped. Operators must give a reason in production (contract section 7.1, console notes 4.5).
 */
export async function banUsers(context: Context, actor: Actor, input: BanUsersInput): Promise<BannedUsers> {
  requirePermission(actor, "users.ban");
  const environment = environmentOf(actor);
  const { userIds, durationMinutes: minutes, reason } = BanUsersSchema.parse(input);
  if (actor.kind === "operator" && environment.name === "production" && reason.trim() === "") {
    throw new AppError("invalid_parameter", { message: "Give a reason: this is production.", field: "reason" });
  }
  const startsAt = new Date(context.now());
  const endsAt = new Date(startsAt.getTime() + minutes * 60_000);
  const orders = userIds.map(
    (userId): BanOrder => ({ environmentId: environment.id, userId, startsAt, endsAt, minutes, reason, actor }),
  );
  const done = await banning(context.db)({ context, orders });
  return {
    banned: orders.filter((order) => done.has(order)).map((order) => order.userId),
    unknown: orders.filter((order) => !done.has(order)).map((order) => order.userId),
    until: endsAt,
  };
}
