import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

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

const WRITE = {
  name: "friend-note-write",
  text: `UPDATE friendships SET alias = $4::text, extended = $5::jsonb
    WHERE environment_id = $1::int AND user_id = $2::text AND friend_id = $3::text`,
};

export async function writeNote(
  run: Run,
  environmentId: EnvironmentId,
  userId: string,
  friendId: string,
  note: FriendNote,
): Promise<void> {
  await run(WRITE, [environmentId, userId, friendId, note.alias, JSON.stringify(note.attributes)]);
}
