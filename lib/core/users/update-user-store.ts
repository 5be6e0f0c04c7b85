import { type Run, type Write, write } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { lockRegistered } from "./locked-users-store";

export interface UserFields {
  name: string;
  avatarUrl: string;
}

/** Locks a user who is not soft-deleted against other changes; null when there is none. */
export async function lockUser(run: Run, environmentId: EnvironmentId, userId: string): Promise<UserFields | null> {
  const [user] = await lockRegistered(run, environmentId, [userId]);
  return user ?? null;
}

const UPDATE = {
  name: "users-update",
  text: `UPDATE users SET name = coalesce($3::text, name), avatar_url = coalesce($4::text, avatar_url)
    WHERE environment_id = $1::int AND user_id = $2::text`,
};

/** Changes a locked user; what is left out stays. */
export function userFieldsWrite(
  environmentId: EnvironmentId,
  userId: string,
  { name, avatarUrl }: Partial<UserFields>,
): Write {
  return write(UPDATE, [environmentId, userId, name ?? null, avatarUrl ?? null]);
}
