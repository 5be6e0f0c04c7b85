import { aboutUser, audited } from "../alone";
import { BLOCKS, FRIENDS, MUTES, NO_MUTES } from "../refill";
import {
  CHANGE,
  HOT_READ,
  KNOWN_USERS,
  knownUser,
  LIST,
  MANY_ROWS,
  neighbours,
  newPair,
  POPULAR,
  READ,
  type Scenario,
  unique,
} from "../scenario";

/** Contract sections 12, 13 and 15. */

// A user who does not exist is refused, not found without relations: both statements tell them apart.
const RELATIONSHIP = {
  name: "relationship",
  text: `SELECT EXISTS (SELECT FROM friendships f
      WHERE f.environment_id = $1 AND f.user_id = $2 AND f.friend_id = $3) AS friends
    FROM users WHERE environment_id = $1 AND user_id = $2 AND soft_deleted_at IS NULL`,
};
const BLOCKLIST = {
  name: "blocklist",
  text: `SELECT b.blocked_id, b.blocked_at FROM users u LEFT JOIN LATERAL (
      SELECT blocked_id, blocked_at FROM blocks WHERE environment_id = u.environment_id AND user_id = u.user_id
      ORDER BY blocked_at DESC, blocked_id DESC LIMIT 20
    ) b ON true WHERE u.environment_id = $1 AND u.user_id = $2 AND u.soft_deleted_at IS NULL`,
};
const friendList = (direction: "ASC" | "DESC") => ({
  name: `friend-list-${direction}`,
  text: `SELECT u.friend_count, f.friend_id, f.alias, f.extended, f.added_at, s.name, s.avatar_url, p.basic, b.blocked_id
    FROM users u CROSS JOIN LATERAL (
      SELECT friend_id, alias, extended, added_at FROM friendships WHERE environment_id = $1 AND user_id = $2
      ORDER BY added_at ${direction}, friend_id ${direction} LIMIT 51
    ) f
    LEFT JOIN LATERAL (SELECT name, avatar_url FROM users WHERE environment_id = $1 AND user_id = f.friend_id LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT basic FROM user_profiles WHERE environment_id = $1 AND user_id = f.friend_id LIMIT 1) p ON true
    LEFT JOIN LATERAL (
      SELECT blocked_id FROM blocks WHERE environment_id = $1 AND user_id = $2 AND blocked_id = f.friend_id LIMIT 1
    ) b ON true
    WHERE u.environment_id = $1 AND u.user_id = $2`,
});
const muted = (state: "muted" | "unmuted", value: string) => ({
  name: state,
  text: `WITH target AS (
      UPDATE users SET direct_muted_at = ${value} WHERE environment_id = $1 AND user_id = $2 RETURNING user_id, name
    ) ${audited(`user.direct_${state}`, "target")}`,
});
const MUTE_LIST = {
  name: "mute-list",
  text: `SELECT (SELECT count(*) FROM users WHERE environment_id = $1 AND direct_muted_at IS NOT NULL), array(
      SELECT user_id FROM users WHERE environment_id = $1 AND direct_muted_at IS NOT NULL
      ORDER BY direct_muted_at, user_id OFFSET $2 LIMIT 50
    )`,
};
const lastMuted = (number: number) => KNOWN_USERS - 5_000 + ((number * 50) % 5_000);

export const RELATION_SCENARIOS: readonly Scenario[] = [
  {
    name: "friend add",
    path: "/v4/friend/add",
    body(order, n) {
      const [userId, targetId] = newPair(order, n);
      return { userId, targetId, action: 2 };
    },
    alone: {
      name: "friend-add",
      text: `WITH counted AS (
          UPDATE users SET friend_count = friend_count + 1 WHERE environment_id = $1 AND user_id IN ($2, $3)
        )
        INSERT INTO friendships (environment_id, user_id, friend_id, added_at)
        VALUES ($1, $2, $3, now()), ($1, $3, $2, now()) ON CONFLICT DO NOTHING`,
      values: (order, n) => [order.environmentId, ...newPair(order, n)],
    },
    bar: CHANGE,
  },
  {
    name: "relationship",
    path: "/v4/friend/relationship/get",
    refill: FRIENDS,
    body(order, n) {
      const [userId, targetId] = neighbours(order, n);
      return { userId, targetIds: [targetId] };
    },
    alone: { ...RELATIONSHIP, values: (order, n) => [order.environmentId, ...neighbours(order, n)] },
    bar: HOT_READ,
  },
  {
    name: "relationship, 3,000 friends",
    path: "/v4/friend/relationship/get",
    body: (order, n) => ({ userId: POPULAR, targetIds: [knownUser(order, n)] }),
    alone: { ...RELATIONSHIP, values: (order, n) => [order.environmentId, POPULAR, knownUser(order, n)] },
    bar: HOT_READ,
  },
  {
    name: "friend list, 50 of few",
    path: "/v4/friend/list",
    body: (_order, n) => ({ userId: `sociable-${n % 100}`, pageSize: 50 }),
    alone: { ...friendList("ASC"), values: (order, n) => [order.environmentId, `sociable-${n % 100}`] },
    bar: LIST,
  },
  {
    name: "friend list, 50 of 3,000",
    path: "/v4/friend/list",
    body: () => ({ userId: POPULAR, pageSize: 50, order: 1 }),
    alone: { ...friendList("DESC"), values: (order) => [order.environmentId, POPULAR] },
    bar: LIST,
  },
  {
    name: "friend note",
    path: "/v4/friend/profile/set",
    body(order, n) {
      const [userId, targetId] = neighbours(order, n);
      return { userId, targetId, alias: `a${unique(order, n)}` };
    },
    alone: {
      name: "friend-note",
      text: "UPDATE friendships SET alias = $4 WHERE environment_id = $1 AND user_id = $2 AND friend_id = $3",
      values: (order, n) => [order.environmentId, ...neighbours(order, n), `a${unique(order, n)}`],
    },
    bar: CHANGE,
    refill: FRIENDS,
  },
  {
    name: "permission set",
    path: "/v4/friend/permission/set",
    body: (order, n) => ({ userIds: [knownUser(order, n)], permissionType: 1 + (order.round % 3) }),
    alone: {
      name: "permission-set",
      text: "UPDATE users SET friend_permission = $3 WHERE environment_id = $1 AND user_id = $2 AND soft_deleted_at IS NULL",
      values: (order, n) => [order.environmentId, knownUser(order, n), 1 + (order.round % 3)],
    },
    bar: CHANGE,
  },
  {
    name: "permission get",
    path: "/v4/friend/permission/get",
    body: (order, n) => ({ userIds: [knownUser(order, n)] }),
    alone: {
      name: "permission-get",
      text: `SELECT user_id, friend_permission FROM users
        WHERE environment_id = $1 AND user_id = $2 AND soft_deleted_at IS NULL`,
      values: aboutUser(knownUser),
    },
    bar: READ,
  },
  {
    name: "blocklist get",
    path: "/v4/user/blocklist/get",
    body: (order, n) => ({ userId: knownUser(order, n), pageSize: 20 }),
    alone: { ...BLOCKLIST, values: (order, n) => [order.environmentId, knownUser(order, n)] },
    bar: HOT_READ,
  },
  {
    name: "blocklist get, 20 of few",
    path: "/v4/user/blocklist/get",
    body: (_order, n) => ({ userId: `sociable-${n % 100}`, pageSize: 20 }),
    alone: { ...BLOCKLIST, values: (order, n) => [order.environmentId, `sociable-${n % 100}`] },
    bar: LIST,
  },
  {
    name: "blocklist get, 20 of 3,000",
    path: "/v4/user/blocklist/get",
    body: () => ({ userId: POPULAR, pageSize: 20 }),
    alone: { ...BLOCKLIST, values: (order) => [order.environmentId, POPULAR] },
    bar: LIST,
  },
  {
    name: "blocklist add",
    path: "/v4/user/blocklist/add",
    body(order, n) {
      const [userId, targetId] = newPair(order, n);
      return { userId, targetUserIds: [targetId] };
    },
    alone: {
      name: "blocklist-add",
      text: `WITH target AS (
          UPDATE users SET blocked_count = blocked_count + 1 WHERE environment_id = $1 AND user_id = $2 AND soft_deleted_at IS NULL
          RETURNING user_id
        )
        INSERT INTO blocks (environment_id, user_id, blocked_id, blocked_at)
        SELECT t.environment_id, target.user_id, t.user_id, now() FROM target, users t
        WHERE t.environment_id = $1 AND t.user_id = $3 AND t.soft_deleted_at IS NULL ON CONFLICT DO NOTHING`,
      values: (order, n) => [order.environmentId, ...newPair(order, n)],
    },
    bar: CHANGE,
  },
  {
    name: "blocklist remove",
    path: "/v4/user/blocklist/remove",
    body(order, n) {
      const [userId, targetId] = neighbours(order, n);
      return { userId, blockedUserIds: [targetId] };
    },
    alone: {
      name: "blocklist-remove",
      text: `WITH gone AS (
          DELETE FROM blocks WHERE environment_id = $1 AND user_id = $2 AND blocked_id = $3 RETURNING user_id
        )
        UPDATE users SET blocked_count = blocked_count - 1 FROM gone WHERE environment_id = $1 AND users.user_id = gone.user_id`,
      values: (order, n) => [order.environmentId, ...neighbours(order, n)],
    },
    bar: CHANGE,
    refill: BLOCKS,
  },
  {
    name: "friend remove",
    path: "/v4/friend/remove",
    body(order, n) {
      const [userId, targetId] = neighbours(order, 2 * n);
      return { userId, targetIds: [targetId] };
    },
    alone: {
      name: "friend-remove",
      text: `WITH gone AS (
          DELETE FROM friendships WHERE environment_id = $1 AND ((user_id = $2 AND friend_id = $3) OR (user_id = $3 AND friend_id = $2))
          RETURNING user_id
        )
        UPDATE users SET friend_count = friend_count - 1 FROM gone WHERE environment_id = $1 AND users.user_id = gone.user_id`,
      values: (order, n) => [order.environmentId, ...neighbours(order, 2 * n)],
    },
    bar: CHANGE,
    refill: FRIENDS,
  },
  {
    name: "friend remove all",
    path: "/v4/friend/remove-all",
    body: (order, n) => ({ userId: knownUser(order, 3 * n) }),
    alone: {
      name: "friend-remove-all",
      text: `WITH gone AS (
          DELETE FROM friendships WHERE environment_id = $1 AND user_id = $2 RETURNING user_id, friend_id
        ), other AS (
          DELETE FROM friendships f USING gone WHERE f.environment_id = $1 AND f.user_id = gone.friend_id AND f.friend_id = gone.user_id
          RETURNING f.user_id
        )
        UPDATE users SET friend_count = friend_count - g.fewer
        FROM (SELECT user_id, count(*)::int AS fewer FROM (SELECT user_id FROM gone UNION ALL SELECT user_id FROM other) s GROUP BY 1) g
        WHERE environment_id = $1 AND users.user_id = g.user_id`,
      values: aboutUser((order, n) => knownUser(order, 3 * n)),
    },
    bar: MANY_ROWS,
    refill: FRIENDS,
  },
  {
    name: "mute",
    path: "/v4/channel-type/mute/set",
    body: (order, n) => ({ userIds: [knownUser(order, n)], muteState: 1, channelTypes: ["PERSON"] }),
    alone: { ...muted("muted", "now()"), values: aboutUser(knownUser) },
    bar: CHANGE,
    refill: NO_MUTES,
  },
  {
    name: "unmute",
    path: "/v4/channel-type/mute/set",
    body: (order, n) => ({ userIds: [knownUser(order, n)], muteState: 0, channelTypes: ["PERSON"] }),
    alone: { ...muted("unmuted", "NULL"), values: aboutUser(knownUser) },
    bar: CHANGE,
    refill: MUTES,
  },
  {
    name: "mute list, 50 of 50,000",
    path: "/v4/channel-type/mute/list",
    body: () => ({ channelType: "PERSON", pageSize: 50 }),
    alone: { ...MUTE_LIST, values: (order) => [order.environmentId, 0] },
    bar: LIST,
    refill: MUTES,
  },
  {
    name: "mute list, last pages of 50,000",
    path: "/v4/channel-type/mute/list",
    body: (_order, n) => ({ channelType: "PERSON", pageSize: 50, offset: lastMuted(n) }),
    alone: { ...MUTE_LIST, values: (order, n) => [order.environmentId, lastMuted(n)] },
    bar: LIST,
    refill: MUTES,
  },
];
