import { type Actor, environmentOf } from "../actor";
import { updateUserLimit } from "../apps/environment-store";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { lockSeats } from "../users/seat-store";
import { type ChangeUserLimitInput, ChangeUserLimitSchema } from "./schema";

/**
 * Sets how many users may be registered in Development. Nobody is removed when more are registered already: registration
 * stops until seats are free. Throws `version_conflict` when the limit is not as `seen`, `not_found` in production, which has
 * none.
 */
export async function changeUserLimit(context: Context, actor: Actor, input: ChangeUserLimitInput): Promise<void> {
  requirePermission(actor, "quota.change");
  const environment = environmentOf(actor);
  const { limit, seen, note } = ChangeUserLimitSchema.parse(input);
  if (environment.userLimit === null) {
    throw new AppError("not_found", { message: "Production has no user limit." });
  }
  await executeWithPrisma(context, actor, async (tx, run) => {
    // Registrations take the same lock: one that runs has its seat, and the next one counts against the new limit.
    const seats = await lockSeats(run, environment.id, context.now());
    const target = {
      kind: "quota",
      id: environment.appKey,
      name: `${environment.appName} ${environment.name}`,
    } as const;
    await requireSeen(run, actor, {
      seen,
      current: { limit: seats.limit },
      target,
      actions: ["quota.user_limit_changed"],
    });
    if (seats.limit === limit) return { result: undefined };
    await updateUserLimit(tx, environment.id, limit);
    return {
      result: undefined,
      audit: [
        {
          action: "quota.user_limit_changed",
          target,
          before: { limit: seats.limit },
          after: { limit, ...(note === "" ? {} : { note }) },
        },
      ],
      events: [{ type: "environment.changed", environmentId: environment.id }],
    };
  });
}
