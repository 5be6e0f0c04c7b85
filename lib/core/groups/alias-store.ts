import type { Database } from "@/lib/db/database";
import { onPool, type Run, type Write, write } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";

/** One user's remark for one group. SQL, since what it stands on is read in one moment, in transactions on the pool. */

/** An alias and what has to be there for it to be one. */
export interface AliasState {
  readonly groupExists: boolean;
  /** Soft-deleted or not. */
  readonly registered: boolean;
  readonly member: boolean;
  /** "" when there is none. */
  readonly alias: string;
}

const FIND = {
  name: "group-aliases-find",
  text: `SELECT EXISTS (SELECT FROM groups WHERE environment_id = $1::int AND group_id = $2::text) AS "groupExists",
      EXISTS (SELECT FROM users WHERE environment_id = $1::int AND user_id = $3::text) AS registered,
      EXISTS (
        SELECT FROM group_members WHERE environment_id = $1::int AND group_id = $2::text AND user_id = $3::text
      ) AS member,
      coalesce((
        SELECT alias FROM group_aliases WHERE environment_id = $1::int AND user_id = $3::text AND group_id = $2::text
      ), '') AS alias`,
};

export function findAlias(
  db: Database,
  environmentId: EnvironmentId,
  groupId: string,
  userId: string,
): Promise<AliasState> {
  return findAliasIn(onPool(db.pool), environmentId, groupId, userId);
}

/** The same within a transaction. */
export async function findAliasIn(
  run: Run,
  environmentId: EnvironmentId,
  groupId: string,
  userId: string,
): Promise<AliasState> {
  const [state] = await run<AliasState>(FIND, [environmentId, groupId, userId]);
  if (state === undefined) throw new Error("groups: an alias was not looked for");
  return state;
}

const WRITE = {
  name: "group-aliases-write",
  text: `INSERT INTO group_aliases (environment_id, user_id, group_id, alias) VALUES ($1::int, $3::text, $2::text, $4::text)
    ON CONFLICT (environment_id, user_id, group_id) DO UPDATE SET alias = excluded.alias`,
};

const DELETE = {
  name: "group-aliases-delete",
  text: "DELETE FROM group_aliases WHERE environment_id = $1::int AND user_id = $3::text AND group_id = $2::text",
};

/**
 * Keeps an alias; "" removes it. To be called while the group is locked and the user is in it, so that no alias outlives the
 * membership.
 */
export function aliasWrite(environmentId: EnvironmentId, groupId: string, userId: string, alias: string): Write {
  const key = [environmentId, groupId, userId];
  return alias === "" ? write(DELETE, key) : write(WRITE, [...key, alias]);
}
