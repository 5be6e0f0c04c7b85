import { type Actor, connectionOf, environmentOf } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isStorable } from "../input/text-rules";
import { requireOnBehalfOf } from "../permissions";
import { findUser } from "../users/user-store";
import { type FriendNote, lockNote, writeNote } from "./friend-note-store";
import {
  ATTRIBUTE_KEY_MAX,
  ATTRIBUTE_VALUE_MAX,
  MAX_ATTRIBUTES,
  type SetFriendNoteInput,
  SetFriendNoteSchema,
} from "./schema";

/**
 * Sets the alias and attributes that a user keeps of a friend, which nobody else sees. An omitted alias is cleared;
 * attributes are merged by key, an empty value removes its key, omitted ones stay. Throws `user_not_found`, `not_friends`,
 * and `friend_attributes_too_many` for more than 10 attributes or too long ones (contract section 12.7).
 */
export async function setFriendNote(context: Context, actor: Actor, input: SetFriendNoteInput): Promise<void> {
  const { userId, targetId, alias, friendExtProfile } = SetFriendNoteSchema.parse(input);
  requireOnBehalfOf(actor, "friends.change", userId);
  if (friendExtProfile !== undefined) requireAttributes(friendExtProfile);
  const { id: environmentId } = environmentOf(actor);
  const friends = await execute(context, actor, async (run) => {
    const before = await lockNote(run, environmentId, userId, targetId);
    if (before === null) return { result: false };
    const after = { alias, attributes: merged(before.attributes, friendExtProfile) };
    await writeNote(run, environmentId, userId, targetId, after);
    const of = (note: FriendNote) => ({ friend: targetId, ...note });
    const target = { kind: "user", id: userId } as const;
    return {
      result: true,
      audit: [{ action: "friend.note_changed", target, before: of(before), after: of(after) }],
      events: [
        {
          type: "friends.note_changed",
          environmentId,
          userId,
          friendId: targetId,
          connectionId: connectionOf(actor),
        },
      ],
    };
  });
  if (!friends) throw await whyNoFriend(context, actor, { userId, targetId });
}

const tooMany = (message: string) => new AppError("friend_attributes_too_many", { field: "friendExtProfile", message });
const length = (text: string) => [...text].length;

function requireAttributes(attributes: Readonly<Record<string, string>>): void {
  if (Object.keys(attributes).length > MAX_ATTRIBUTES) {
    throw tooMany(`friendExtProfile must have at most ${MAX_ATTRIBUTES} attributes.`);
  }
  for (const [key, value] of Object.entries(attributes)) {
    if (length(key) > ATTRIBUTE_KEY_MAX) {
      throw tooMany(`Keys of friendExtProfile must have at most ${ATTRIBUTE_KEY_MAX} characters.`);
    }
    if (length(value) > ATTRIBUTE_VALUE_MAX) {
      throw tooMany(`Values of friendExtProfile must have at most ${ATTRIBUTE_VALUE_MAX} characters.`);
    }
    if (!/^ext_[A-Za-z0-9_]+$/.test(key) || !isStorable(value)) {
      throw new AppError("invalid_parameter", {
        field: "friendExtProfile",
        message: isStorable(value)
          ? "Keys of friendExtProfile must be ext_ followed by letters, digits and _."
          : "Values of friendExtProfile must not contain U+0000 or half a surrogate pair.",
      });
    }
  }
}

function merged(before: FriendNote["attributes"], given: FriendNote["attributes"] | undefined) {
  const after = Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== ""));
  if (Object.keys(after).length > MAX_ATTRIBUTES) {
    throw tooMany(`The friend has ${Object.keys(before).length} attributes; at most ${MAX_ATTRIBUTES} are kept.`);
  }
  return after;
}

async function whyNoFriend(context: Context, actor: Actor, ids: { userId: string; targetId: string }) {
  for (const [field, id] of Object.entries(ids)) {
    const user = await findUser(context.db, environmentOf(actor).id, id);
    if (user === null || user.softDeletedAt !== null) return new AppError("user_not_found", { field });
  }
  return new AppError("not_friends", { field: "targetId" });
}
