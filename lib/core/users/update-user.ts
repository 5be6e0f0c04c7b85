import type { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { searchNamesWrite } from "../search/search-name-store";
import { lockRegistered } from "./locked-users-store";
import { type UpdateUserInput, UpdateUserSchema } from "./schema";
import { lockUser, userFieldsWrite } from "./update-user-store";

/**
 * Changes the registered name and avatar; what is omitted stays. Throws `user_not_found` (contract section 6.2), and
 * `version_conflict` when they are not as `seen`.
 */
export async function updateUser(context: Context, actor: Actor, input: UpdateUserInput): Promise<void> {
  requirePermission(actor, "users.update");
  await update(context, actor, UpdateUserSchema.parse(input));
}

const update = executeSideBySide<z.output<typeof UpdateUserSchema>, void>({
  keysOf: ({ userId }) => [userId],
  lock: (run, environmentId, inputs) =>
    lockRegistered(
      run,
      environmentId,
      inputs.map(({ userId }) => userId),
    ),
  async command(run, { actor, input: { userId, seen, ...given } }) {
    const { id: environmentId } = environmentOf(actor);
    const user = await lockUser(run, environmentId, userId);
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
    const target = { kind: "user", id: userId, name: after.name ?? user.name } as const;
    return {
      result: undefined,
      writes: [
        userFieldsWrite(environmentId, userId, after),
        ...(after.name === undefined ? [] : [searchNamesWrite(environmentId, [{ userId, name: after.name }])]),
      ],
      audit: [{ action: "user.updated", target, before, after }],
    };
  },
});
