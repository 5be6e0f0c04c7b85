import { goneUser, HALF, knownUser, lostUser, type Scenario, someoneOnlineOrNot, unique } from "../scenario";

const SELECT = {
  name: "select",
  text: `SELECT name, avatar_url, created_at, banned_until, soft_deleted_at, tokens_valid_from FROM users
    WHERE environment_id = $1 AND user_id = $2`,
};

/** Contract sections 5 to 9. */
export const USER_SCENARIOS: readonly Scenario[] = [
  {
    name: "issue, new ids",
    path: "/v4/auth/access-token/issue",
    body: (order, n) => ({ userId: `new-${unique(order, n)}`, name: `User ${n}`, avatarUrl: "" }),
    alone: {
      name: "insert",
      text: `INSERT INTO users (environment_id, user_id, name, avatar_url, created_at) VALUES ($1, $2, $3, '', now())
        ON CONFLICT (environment_id, user_id) DO NOTHING`,
      values: (order, n) => [order.environmentId, `new-${unique(order, n)}`, "User"],
    },
    target: { perSecond: 3_000, ...HALF },
  },
  {
    name: "issue, known ids",
    path: "/v4/auth/access-token/issue",
    body: (order, n) => ({ userId: knownUser(order, n), name: "Known user" }),
    alone: { ...SELECT, values: (order, n) => [order.environmentId, knownUser(order, n)] },
    target: HALF,
  },
  {
    name: "expire",
    path: "/v4/auth/access-token/expire",
    body: (order, n) => ({ userIds: [knownUser(order, n)], expiresAt: 1_000_000_000_000 + unique(order, n) }),
  },
  {
    name: "get",
    path: "/v4/user/get",
    body: (order, n) => ({ userId: knownUser(order, n) }),
    alone: { ...SELECT, values: (order, n) => [order.environmentId, knownUser(order, n)] },
    target: { perSecond: 6_000, ...HALF },
  },
  {
    name: "update",
    path: "/v4/user/update",
    body: (order, n) => ({ userId: knownUser(order, n), avatarUrl: `https://example.com/${unique(order, n)}` }),
  },
  {
    name: "ban",
    path: "/v4/user/ban",
    body: (order, n) => ({ userIds: [knownUser(order, n)], durationMinutes: 60 }),
    alone: {
      name: "ban",
      text: `WITH target AS (
          UPDATE users SET banned_until = now() + interval '60 minutes' WHERE environment_id = $1 AND user_id = $2
          RETURNING user_id, name
        ), replaced AS (
          UPDATE bans SET ends_at = now(), replaced = true WHERE environment_id = $1 AND user_id = $2 AND ends_at > now()
        ), history AS (
          INSERT INTO bans (environment_id, user_id, starts_at, ends_at, minutes, banned_by_kind, banned_by_id, banned_by_name)
          SELECT $1, user_id, now(), now() + interval '60 minutes', 60, 'app_server', 'key', 'App server' FROM target
        )
        INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, target_name, request_id, source)
        SELECT $1, now(), 'app_server', 'key', 'App server', 'user.banned', 'user', user_id, name, 'request', 'server_api' FROM target`,
      values: (order, n) => [order.environmentId, knownUser(order, n)],
    },
    target: HALF,
  },
  { name: "unban", path: "/v4/user/unban", body: (order, n) => ({ userIds: [knownUser(order, n)] }) },
  { name: "ban list", path: "/v4/user/ban/list", body: (_order, n) => ({ page: 1 + (n % 10), pageSize: 50 }) },
  { name: "soft delete", path: "/v4/user/soft-delete", body: (order, n) => ({ userIds: [goneUser(order, n)] }) },
  {
    name: "soft-deleted list",
    path: "/v4/user/soft-deleted/list",
    body: (_order, n) => ({ page: 1 + (n % 10), pageSize: 50 }),
  },
  { name: "restore", path: "/v4/user/restore", body: (order, n) => ({ userIds: [lostUser(order, n)] }) },
  {
    name: "status",
    path: "/v4/user/connection-status/get",
    body: (order, n) => ({ userId: someoneOnlineOrNot(order, n) }),
    alone: {
      name: "status",
      text: "SELECT 1 FROM connections WHERE environment_id = $1 AND user_id = $2 LIMIT 1",
      values: (order, n) => [order.environmentId, someoneOnlineOrNot(order, n)],
    },
    target: HALF,
  },
];
