import type { z } from "zod";
import { type Actor, connectionOf, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requireOnBehalfOf } from "../permissions";
import { addedFavorites, type Favorite, findFavoriteIds, findFavorites, removedFavorites } from "./favorite-store";
import { findGroup, lockGroup, lockGroups } from "./group-store";
import { findMembersAmong, findMembersAmongIn, isRegistered } from "./member-store";
import {
  type ChangeFavoritesInput,
  ChangeFavoritesSchema,
  type FavoritesKey,
  FavoritesKeySchema,
  GROUP_FAVORITE_MAX,
} from "./schema";

/**
 * A member's favorites among the other members of a group (contract section 17), which nobody else sees. They end with either
 * membership. A client changes and reads those of its own user.
 */

/**
 * Adds favorites, all of them or none; those that are there stay as they are. Throws `group_not_found`, `user_not_found`, `not_in_group` for
 * the user and for whoever is named and is not in it, and `group_too_many_roles` beyond 200.
 */
export async function addFavorites(context: Context, actor: Actor, input: ChangeFavoritesInput): Promise<void> {
  await changeFavorites(context, actor, input, "add");
}

/** Removes favorites; who is none is skipped. Throws `group_not_found`, `user_not_found`, `not_in_group`. */
export async function removeFavorites(context: Context, actor: Actor, input: ChangeFavoritesInput): Promise<void> {
  await changeFavorites(context, actor, input, "remove");
}

async function changeFavorites(
  context: Context,
  actor: Actor,
  input: ChangeFavoritesInput,
  change: Change["change"],
): Promise<void> {
  const parsed = ChangeFavoritesSchema.parse(input);
  requireOnBehalfOf(actor, "groups.change", parsed.userId);
  await changeSideBySide(context, actor, { ...parsed, change, at: context.now() });
}

interface Change extends z.output<typeof ChangeFavoritesSchema> {
  readonly change: "add" | "remove";
  readonly at: number;
}

const changeSideBySide = executeSideBySide<Change, void>({
  keysOf: ({ groupId, userId }) => [`${groupId} ${userId}`],
  lock: lockGroups("change"),
  async command(run, { actor, input: { groupId, userId, favoriteIds, change, at } }) {
    const { id: environmentId } = environmentOf(actor);
    // Under the group's lock nobody leaves meanwhile, and two calls do not add beyond the limit.
    const [group, registered, members] = await Promise.all([
      lockGroup(run, environmentId, groupId, "change"),
      isRegistered(run, environmentId, userId),
      findMembersAmongIn(run, environmentId, groupId, [userId, ...favoriteIds]),
    ]);
    if (group === null) throw new AppError("group_not_found", { field: "groupId" });
    if (!registered) throw new AppError("user_not_found", { field: "userId" });
    const inGroup = new Set(members.map((member) => member.userId));
    if (!inGroup.has(userId)) throw new AppError("not_in_group", { field: "userId" });
    if (change === "add" && !favoriteIds.every((id) => inGroup.has(id))) {
      throw new AppError("not_in_group", { field: "favoriteIds" });
    }
    const key = { environmentId, groupId, userId };
    const there = await findFavoriteIds(run, key);
    const changed = favoriteIds.filter((id) => there.has(id) === (change === "remove")).sort();
    if (change === "add" && there.size + changed.length > GROUP_FAVORITE_MAX) {
      throw new AppError("group_too_many_roles", {
        message: `A member has at most ${GROUP_FAVORITE_MAX} favorites in a group.`,
      });
    }
    if (changed.length === 0) return { result: undefined };
    const of = { group: groupId, favorites: changed };
    return {
      result: undefined,
      writes: [change === "add" ? addedFavorites(key, changed, new Date(at)) : removedFavorites(key, changed)],
      audit: [
        {
          action: "group.favorites_changed",
          target: { kind: "user", id: userId },
          ...(change === "add" ? { after: of } : { before: of }),
        },
      ],
      events: [
        {
          type: "groups.favorites_changed",
          environmentId,
          groupId,
          userId,
          favoriteIds: changed,
          operation: change === "add" ? 1 : 2,
          connectionId: connectionOf(actor),
          at,
        },
      ],
    };
  },
});

/** The favorites of a member, the latest first. Throws `group_not_found`, `not_in_group`. */
export async function listFavorites(context: Context, actor: Actor, input: FavoritesKey): Promise<readonly Favorite[]> {
  const { groupId, userId } = FavoritesKeySchema.parse(input);
  requireOnBehalfOf(actor, "users.read", userId);
  const { id: environmentId } = environmentOf(actor);
  const [member] = await findMembersAmong(context.db, environmentId, groupId, [userId]);
  if (member === undefined) {
    const group = await findGroup(context.db, environmentId, groupId);
    throw new AppError(group === null ? "group_not_found" : "not_in_group", {
      field: group === null ? "groupId" : "userId",
    });
  }
  return findFavorites(context.db, { environmentId, groupId, userId });
}
