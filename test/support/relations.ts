import type { EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import type { Run } from "@/lib/db/statement";
import { transactionOn } from "@/lib/db/transaction";

/** Friends, blocks and memberships as rows, written by the rule that every writer keeps to: lock the users by id, look, write. */

const sql = (text: string) => ({ name: "", text });

/** Locks these users in id order; false when one of them is not there or soft-deleted. */
async function lockPresent(run: Run, environmentId: number, userIds: readonly string[]): Promise<boolean> {
  const rows = await run(
    sql(`SELECT user_id FROM users WHERE environment_id = $1::int AND user_id = ANY($2::text[])
      AND soft_deleted_at IS NULL ORDER BY user_id FOR NO KEY UPDATE`),
    [environmentId, userIds],
  );
  return rows.length === new Set(userIds).size;
}

/** Makes two users friends; false when one of them is not there or they are friends already. */
export function insertFriendship(
  context: Pick<Context, "db">,
  { id }: EnvironmentRef,
  a: string,
  b: string,
): Promise<boolean> {
  return transactionOn(context.db.pool, async (run) => {
    if (!(await lockPresent(run, id, [a, b]))) return false;
    const made = await run(
      sql(`INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
        VALUES ($1, $2, $3, now()), ($1, $3, $2, now()) ON CONFLICT DO NOTHING RETURNING user_id`),
      [id, a, b],
    );
    if (made.length === 0) return false;
    await run(
      sql("UPDATE users SET friend_count = friend_count + 1 WHERE environment_id = $1 AND user_id IN ($2, $3)"),
      [id, a, b],
    );
    return true;
  });
}

/** Lets one user block another; false as above. */
export function insertBlock(
  context: Pick<Context, "db">,
  { id }: EnvironmentRef,
  userId: string,
  blockedId: string,
): Promise<boolean> {
  return transactionOn(context.db.pool, async (run) => {
    if (!(await lockPresent(run, id, [userId, blockedId]))) return false;
    const made = await run(
      sql(`INSERT INTO blocks (environment_id, user_id, blocked_id, blocked_at) VALUES ($1, $2, $3, now())
        ON CONFLICT DO NOTHING RETURNING user_id`),
      [id, userId, blockedId],
    );
    if (made.length === 0) return false;
    await run(sql("UPDATE users SET blocked_count = blocked_count + 1 WHERE environment_id = $1 AND user_id = $2"), [
      id,
      userId,
    ]);
    return true;
  });
}

/** A group with its owner and members. */
export async function insertGroup(
  context: Pick<Context, "db">,
  { id }: EnvironmentRef,
  groupId: string,
  ownerId: string,
  memberIds: readonly string[] = [],
): Promise<void> {
  const members = [...new Set([ownerId, ...memberIds])];
  await context.db.prisma.group.create({
    data: {
      environmentId: id,
      groupId,
      name: groupId,
      ownerId,
      createdAt: new Date(),
      memberCount: members.length,
      members: {
        create: members.map((userId) => ({ userId, role: userId === ownerId ? 3 : 1, joinedAt: new Date() })),
      },
    },
  });
}

/** The counts that rows keep of other rows and that are wrong, as sentences; none in a sound environment. */
export async function wrongCounts(context: Pick<Context, "db">, { id }: EnvironmentRef): Promise<string[]> {
  const { rows } = await context.db.pool.query<{ problem: string }>(
    `SELECT format('%s has friend_count %s and %s friends', user_id, friend_count, n) AS problem FROM users u
       CROSS JOIN LATERAL (SELECT count(*) AS n FROM friendships f WHERE f.environment_id = u.environment_id AND f.user_id = u.user_id) c
       WHERE environment_id = $1 AND friend_count <> n
     UNION ALL
     SELECT format('%s has blocked_count %s and %s blocks', user_id, blocked_count, n) FROM users u
       CROSS JOIN LATERAL (SELECT count(*) AS n FROM blocks b WHERE b.environment_id = u.environment_id AND b.user_id = u.user_id) c
       WHERE environment_id = $1 AND blocked_count <> n
     UNION ALL
     SELECT format('%s has member_count %s and %s members', group_id, member_count, n) FROM groups g
       CROSS JOIN LATERAL (SELECT count(*) AS n FROM group_members m WHERE m.environment_id = g.environment_id AND m.group_id = g.group_id) c
       WHERE environment_id = $1 AND member_count <> n
     UNION ALL
     SELECT format('%s is a friend of %s and not the reverse', friend_id, user_id) FROM friendships f
       WHERE environment_id = $1 AND NOT EXISTS (SELECT FROM friendships o WHERE o.environment_id = f.environment_id
         AND o.user_id = f.friend_id AND o.friend_id = f.user_id)`,
    [id],
  );
  return rows.map((row) => row.problem);
}
