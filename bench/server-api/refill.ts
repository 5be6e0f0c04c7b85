import { ENDING_GROUPS, FAVORITES_EACH, GROUPS, KNOWN_USERS, LARGE_GROUP, LARGE_GROUP_MEMBERS } from "./scenario";

/** SQL that puts back what scenarios have used up; `$1` is the environment. Whoever is still as wanted is left alone. */

const known = (further = "") => `SELECT n FROM generate_series(0, ${KNOWN_USERS - 1}) n${further}`;

/** Every known user runs a ban. */
export const BANS = [
  `WITH free AS (
    UPDATE users SET banned_until = now() + interval '1 hour' + random() * interval '10 days'
    WHERE environment_id = $1 AND user_id LIKE 'known-%' AND banned_until IS NULL RETURNING user_id, banned_until
  )
  INSERT INTO bans (environment_id, user_id, starts_at, ends_at, minutes, banned_by_kind, banned_by_id, banned_by_name)
  SELECT $1, user_id, now(), banned_until, 60, 'app_server', 'key', 'App server' FROM free`,
];

/** Nobody of the pool is soft-deleted; everybody is. */
export const NOBODY_GONE = [
  `UPDATE users SET soft_deleted_at = NULL, name = 'gone'
   WHERE environment_id = $1 AND user_id LIKE 'gone-%' AND soft_deleted_at IS NOT NULL`,
];
export const EVERYBODY_LOST = [
  `UPDATE users SET soft_deleted_at = now() - interval '2 days' - random() * interval '1 day'
   WHERE environment_id = $1 AND user_id LIKE 'lost-%' AND soft_deleted_at IS NULL`,
];

/** Every known user has a hosted profile. */
export const PROFILES = [
  `INSERT INTO user_profiles (environment_id, user_id, basic, version, registered_at)
   SELECT environment_id, user_id, '{"name": "Known", "level": 1}', 1, created_at FROM users
   WHERE environment_id = $1 AND user_id LIKE 'known-%'
   ON CONFLICT (environment_id, user_id) DO UPDATE SET basic = excluded.basic WHERE user_profiles.basic = '{}'`,
];

/** Every known user is muted, one after the other. */
export const MUTES = [
  `UPDATE users SET direct_muted_at = now() + right(user_id, -6)::int * interval '1 millisecond'
   WHERE environment_id = $1 AND user_id LIKE 'known-%' AND direct_muted_at IS NULL`,
];
export const NO_MUTES = [
  `UPDATE users SET direct_muted_at = NULL WHERE environment_id = $1 AND direct_muted_at IS NOT NULL`,
];

/** Neighbours are friends. */
export const FRIENDS = [
  `WITH made AS (
     INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
     SELECT $1, 'known-' || k.n, 'known-' || m, now() FROM (${known()}) k,
       LATERAL (VALUES ((k.n + 1) % ${KNOWN_USERS}), ((k.n + ${KNOWN_USERS - 1}) % ${KNOWN_USERS})) AS friends(m)
     ON CONFLICT DO NOTHING RETURNING user_id
   )
   UPDATE users SET friend_count = friend_count + m.more
   FROM (SELECT user_id, count(*) AS more FROM made GROUP BY user_id) m
   WHERE environment_id = $1 AND users.user_id = m.user_id`,
];

/** Each known user has blocked the next one. */
export const BLOCKS = [
  `WITH made AS (
     INSERT INTO blocks (environment_id, user_id, blocked_id, blocked_at)
     SELECT $1, 'known-' || k.n, 'known-' || ((k.n + 1) % ${KNOWN_USERS}), now() FROM (${known()}) k
     ON CONFLICT DO NOTHING RETURNING user_id
   )
   UPDATE users SET blocked_count = blocked_count + 1 FROM made WHERE environment_id = $1 AND users.user_id = made.user_id`,
];

/** Small groups have their members, who are no admins, and their first owners. */
export const MEMBERSHIPS = [
  `UPDATE groups SET owner_id = 'known-' || right(group_id, -6)
   WHERE environment_id = $1 AND group_id LIKE 'bench-%' AND group_id <> '${LARGE_GROUP}' AND owner_id <> 'known-' || right(group_id, -6)`,
  `INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
   SELECT $1::int, 'bench-' || (n % ${GROUPS}), 'known-' || ((n + 7) % ${KNOWN_USERS}), 1, now() FROM (${known()}) k
   UNION ALL SELECT $1::int, 'bench-' || n, 'known-' || n, 3, now() FROM (${known(` WHERE n < ${GROUPS}`)}) k
   ON CONFLICT (environment_id, group_id, user_id) DO UPDATE SET role = excluded.role WHERE group_members.role <> excluded.role`,
  `UPDATE groups g SET member_count = c.members FROM (
     SELECT group_id, count(*) AS members FROM group_members WHERE environment_id = $1 GROUP BY group_id
   ) c WHERE g.environment_id = $1 AND g.group_id = c.group_id AND g.member_count <> c.members`,
];
/** The same, and all further members are admins. */
export const ADMINS = [
  ...MEMBERSHIPS,
  `UPDATE group_members SET role = 2 WHERE environment_id = $1 AND role = 1
   AND (group_id, user_id) IN (SELECT 'bench-' || (n % ${GROUPS}), 'known-' || ((n + 7) % ${KNOWN_USERS}) FROM (${known()}) k)`,
];
/** The same members have an alias each. */
export const ALIASES = [
  ...MEMBERSHIPS,
  `INSERT INTO group_aliases (environment_id, user_id, group_id, alias)
   SELECT $1, 'known-' || ((n + 7) % ${KNOWN_USERS}), 'bench-' || (n % ${GROUPS}), 'Alias' FROM (${known()}) k ON CONFLICT DO NOTHING`,
];

export const NO_FAVORITES = ["DELETE FROM group_favorites WHERE environment_id = $1"];
export const FAVORITES = [
  `INSERT INTO group_favorites (environment_id, group_id, user_id, favorite_id, favorited_at)
   SELECT $1, '${LARGE_GROUP}', 'known-' || n, 'known-' || ((n + apart) % ${LARGE_GROUP_MEMBERS}), now()
   FROM generate_series(0, ${LARGE_GROUP_MEMBERS - 1}) n, generate_series(1, ${FAVORITES_EACH}) apart ON CONFLICT DO NOTHING`,
];

/** Groups that are dismissed, of one member each. */
export const ENDING = [
  `WITH made AS (
     INSERT INTO groups (environment_id, group_id, name, owner_id, created_at, member_count)
     SELECT $1, 'end-' || n, 'Ending', 'known-0', now(), 1 FROM generate_series(0, ${ENDING_GROUPS - 1}) n
     ON CONFLICT DO NOTHING RETURNING group_id
   )
   INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
   SELECT $1, group_id, 'known-0', 3, now() FROM made`,
];
