import { HALF, knownUser, neighbours, newPair, POPULAR, type Scenario, unique } from "../scenario";

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
    target: { perSecond: 2_000 },
  },
  {
    name: "relationship",
    path: "/v4/friend/relationship/get",
    body(order, n) {
      const [userId, targetId] = neighbours(order, n);
      return { userId, targetIds: [targetId] };
    },
    alone: { ...RELATIONSHIP, values: (order, n) => [order.environmentId, ...neighbours(order, n)] },
    target: HALF,
  },
  {
    name: "relationship, 3,000 friends",
    path: "/v4/friend/relationship/get",
    body: (order, n) => ({ userId: POPULAR, targetIds: [knownUser(order, n)] }),
    alone: { ...RELATIONSHIP, values: (order, n) => [order.environmentId, POPULAR, knownUser(order, n)] },
  },
  {
    name: "friend list, 50 of few",
    path: "/v4/friend/list",
    body: (_order, n) => ({ userId: `sociable-${n % 100}`, pageSize: 50 }),
  },
  {
    name: "friend list, 50 of 3,000",
    path: "/v4/friend/list",
    body: (_order, n) => ({ userId: POPULAR, pageSize: 50, order: n % 2 }),
  },
  {
    name: "friend note",
    path: "/v4/friend/profile/set",
    body(order, n) {
      const [userId, targetId] = neighbours(order, n);
      return { userId, targetId, alias: `a${unique(order, n)}` };
    },
  },
  {
    name: "permission set",
    path: "/v4/friend/permission/set",
    body: (order, n) => ({ userIds: [knownUser(order, n)], permissionType: 1 + (order.round % 3) }),
  },
  {
    name: "permission get",
    path: "/v4/friend/permission/get",
    body: (order, n) => ({ userIds: [knownUser(order, n)] }),
  },
  {
    name: "blocklist get",
    path: "/v4/user/blocklist/get",
    body: (order, n) => ({ userId: knownUser(order, n), pageSize: 20 }),
    alone: { ...BLOCKLIST, values: (order, n) => [order.environmentId, knownUser(order, n)] },
    target: HALF,
  },
  {
    name: "blocklist get, 20 of few",
    path: "/v4/user/blocklist/get",
    body: (_order, n) => ({ userId: `sociable-${n % 100}`, pageSize: 20 }),
  },
  {
    name: "blocklist get, 20 of 3,000",
    path: "/v4/user/blocklist/get",
    body: () => ({ userId: POPULAR, pageSize: 20 }),
  },
  {
    name: "blocklist add",
    path: "/v4/user/blocklist/add",
    body(order, n) {
      const [userId, targetId] = newPair(order, n);
      return { userId, targetUserIds: [targetId] };
    },
  },
  {
    name: "blocklist remove",
    path: "/v4/user/blocklist/remove",
    body(order, n) {
      const [userId, targetId] = neighbours(order, n);
      return { userId, blockedUserIds: [targetId] };
    },
  },
  {
    name: "friend remove",
    path: "/v4/friend/remove",
    body(order, n) {
      const [userId, targetId] = neighbours(order, n);
      return { userId, targetIds: [targetId] };
    },
  },
  { name: "friend remove all", path: "/v4/friend/remove-all", body: (order, n) => ({ userId: knownUser(order, n) }) },
  {
    name: "mute",
    path: "/v4/channel-type/mute/set",
    body: (order, n) => ({ userIds: [knownUser(order, n)], muteState: order.round % 2, channelTypes: ["PERSON"] }),
  },
  { name: "mute list", path: "/v4/channel-type/mute/list", body: () => ({ channelType: "PERSON", pageSize: 50 }) },
];
