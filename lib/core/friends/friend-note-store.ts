import { rowsOf } from "@/lib/db/sql";
import { type Run, type Write, write } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import type { FriendKey } from "./end-friendship-store";

export interface FriendNote {
  readonly alias: string;
  readonly attributes: Readonly<Record<string, string>>;
}

const LOCK = {
  name: "friend-note-lock",
  text: `SELECT alias, extended AS attributes FROM friendships
    WHERE environment_id = $1::int AND user_id = $2::text AND friend_id = $3::text FOR NO KEY UPDATE`,
};

/** What the user keeps of a friend, locked against other changes until the transaction ends; null when no friend. */
export async function lockNote(
  run: Run,
  environmentId: EnvironmentId,
  userId: string,
  friendId: string,
): Promise<FriendNote | null> {
  const [note] = await run<FriendNote>(LOCK, [environmentId, userId, friendId]);
  return note ?? null;
}

const LOCK_ALL = {
  name: "friend-notes-lock",
  text: `SELECT n.* FROM ${rowsOf("int", "text", "text")} AS i(environment_id, user_id, friend_id)
    CROSS JOIN LATERAL (
      SELECT true FROM friendships
      WHERE environment_id = i.environment_id AND user_id = i.user_id AND friend_id = i.friend_id FOR NO KEY UPDATE
    ) n`,
};

/** Locks what several users keep of friends, in the order of their ids. */
export async function lockNotes(run: Run, environmentId: EnvironmentId, notes: readonly FriendKey[]): Promise<void> {
  const keyOf = ({ userId, friendId }: FriendKey) => `${userId} ${friendId}`;
  const sorted = [...notes].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  await run(LOCK_ALL, [
    sorted.map(() => environmentId),
    sorted.map(({ userId }) => userId),
    sorted.map(({ friendId }) => friendId),
  ]);
}

const WRITE = {
  name: "friend-note-write",
  text: `UPDATE friendships SET alias = $4::text, extended = $5::jsonb
    WHERE environment_id = $1::int AND user_id = $2::text AND friend_id = $3::text`,
};

/** Keeps of a friend what the note says; it is locked. */
export function noteWrite(environmentId: EnvironmentId, userId: string, friendId: string, note: FriendNote): Write {
  return write(WRITE, [environmentId, userId, friendId, note.alias, JSON.stringify(note.attributes)]);
}
