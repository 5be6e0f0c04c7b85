import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { saveSearchNames } from "../search/search-name-store";
import { type UpdateUserInput, UpdateUserSchema } from "./schema";
import { lockUser, updateUserFields } from "./update-user-store";

/**
 * Changes the registered name and avatar; what is omitted stays. Throws `user_not_found` (contract section 6.2), and
 * `version_conflict` when they are not as `seen`.
 */
export async function updateUser(context: Context, actor: Actor, input: UpdateUserInput): Promise<void> {
  requirePermission(actor, "users.update");
  const environment = environmentOf(actor);
  const { userId, seen, ...given } = UpdateUserSchema.parse(input);
  await executeWithPrisma(context, actor, async (tx, run) => {
    const user = await lockUser(tx, environment.id, userId);
    if (user === null) throw new AppError("user_not_found", { field: "userId" });
    await requireSeen(run, actor, {
      seen,
      current: { name: user.name, avatarUrl: user.avatarUrl },
      target: { kind: "user", id: userId },
      actions: ["user.updated", "user.registered"],
    });
    const before: Partial<typeof user> = {};
    const after: Partial<typeof user> = {};
    for (const field of ["name", "avatarUrl"] as const) {
      const value = given[field];
      if (value === undefined || value === user[field]) continue;
      before[field] = user[field];
      after[field] = value;
    }
    if (Object.keys(after).length === 0) return { result: undefined };
    await updateUserFields(tx, environment.id, userId, after);
    if (after.name !== undefined) await saveSearchNames(run, environment.id, [{ userId, name: after.name }]);
    const target = { kind: "user", id: userId, name: after.name ?? user.name } as const;
    return { result: undefined, audit: [{ action: "user.updated", target, before, after }] };
  });
}
