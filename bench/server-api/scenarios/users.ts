import { aboutUser, audited, erasing } from "../alone";
import type { Order } from "../load";
import { BANS, EVERYBODY_LOST, NOBODY_GONE } from "../refill";
import {
  CHANGE,
  ERASURE,
  goneUser,
  HOT_READ,
  KNOWN_USERS,
  knownUser,
  LIST,
  lostUser,
  POOL,
  type Scenario,
  someoneOnlineOrNot,
  unique,
} from "../scenario";

const SELECT = {
  name: "select",
  text: `SELECT name, avatar_url, created_at, banned_until, soft_deleted_at, tokens_valid_from FROM users
    WHERE environment_id = $1 AND user_id = $2`,
};

const BAN_LIST = {
  name: "ban-list",
  text: `SELECT user_id, ends_at FROM bans WHERE environment_id = $1 AND ends_at > now()
    ORDER BY ends_at DESC, user_id OFFSET $2 LIMIT 50`,
};
const DELETED_LIST = {
  name: "deleted-list",
  text: `SELECT user_id FROM users WHERE environment_id = $1 AND soft_deleted_at IS NOT NULL
    ORDER BY soft_deleted_at DESC, user_id DESC OFFSET $2 LIMIT 50`,
};

const firstPage = (number: number) => 1 + (number % 10);
/** As a reader of the whole list asks: one page after the other, in its last tenth. */
const deepPage = (rows: number, number: number) =>
  Math.floor(rows / 50) - Math.floor(rows / 500) + (number % Math.floor(rows / 500));
const page = (of: (number: number) => number) => (order: Order, n: number) => [order.environmentId, (of(n) - 1) * 50];
const deepBans = (n: number) => deepPage(KNOWN_USERS, n);
const deepDeleted = (n: number) => deepPage(POOL, n);

/** Contract sections 5 to 9. */
export const USER_SCENARIOS: readonly Scenario[] = [
  {
    name: "issue, new ids",
    path: "/v4/auth/access-token/issue",
    body: (order, n) => ({ userId: `new-${unique(order, n)}`, name: `User ${n}`, avatarUrl: "" }),
    alone: {
      name: "insert",
      text: `WITH made AS (
          INSERT INTO users (environment_id, user_id, name, search_name, avatar_url, created_at)
          VALUES ($1, $2, $3, lower($3), '', now()) ON CONFLICT (environment_id, user_id) DO NOTHING
          RETURNING environment_id, user_id, search_name
        )
        INSERT INTO user_search_terms (environment_id, user_id, whole, term)
        SELECT environment_id, user_id, whole, CASE WHEN whole THEN search_name ELSE split_part(search_name, ' ', 2) || ' / user' END
        FROM made, (VALUES (true), (false)) AS terms(whole)`,
      values: (order, n) => [order.environmentId, `new-${unique(order, n)}`, `User ${n}`],
    },
    bar: { ratio: 0.5, perSecond: 4_000 },
  },
  {
    name: "issue, known ids",
    path: "/v4/auth/access-token/issue",
    body: (order, n) => ({ userId: knownUser(order, n), name: "Known user" }),
    alone: { ...SELECT, values: aboutUser(knownUser) },
    bar: HOT_READ,
  },
  {
    name: "expire",
    path: "/v4/auth/access-token/expire",
    body: (order, n) => ({ userIds: [knownUser(order, n)], expiresAt: 1_000_000_000_000 + unique(order, n) }),
    alone: {
      name: "expire",
      text: `WITH target AS (
          UPDATE users SET tokens_valid_from = $3 WHERE environment_id = $1 AND user_id = $2 RETURNING user_id, name
        ) ${audited("user.tokens_invalidated", "target")}`,
      values: (order, n) => [order.environmentId, knownUser(order, n), new Date(1_000_000_000_000 + unique(order, n))],
    },
    bar: CHANGE,
  },
  {
    name: "get",
    path: "/v4/user/get",
    body: (order, n) => ({ userId: knownUser(order, n) }),
    alone: { ...SELECT, values: aboutUser(knownUser) },
    bar: { ...HOT_READ, perSecond: 6_000 },
  },
  {
    name: "update",
    path: "/v4/user/update",
    body: (order, n) => ({ userId: knownUser(order, n), avatarUrl: `https://example.com/${unique(order, n)}` }),
    alone: {
      name: "update",
      text: `WITH target AS (
          UPDATE users SET avatar_url = $3 WHERE environment_id = $1 AND user_id = $2 RETURNING user_id, name
        ) ${audited("user.updated", "target")}`,
      values: (order, n) => [order.environmentId, knownUser(order, n), `https://example.com/${unique(order, n)}`],
    },
    bar: CHANGE,
  },
  {
    name: "update name",
    path: "/v4/user/update",
    body: (order, n) => ({ userId: knownUser(order, n), name: `Known ${unique(order, n)}` }),
    alone: {
      name: "update-name",
      text: `WITH target AS (
          SELECT environment_id, user_id, search_name FROM users WHERE environment_id = $1 AND user_id = $2 FOR NO KEY UPDATE
        ), gone AS (
          DELETE FROM user_search_terms t USING target, (VALUES (true), (false)) AS terms(whole)
          WHERE t.environment_id = $1 AND t.user_id = $2 AND t.whole = terms.whole
            AND t.term = CASE WHEN terms.whole THEN search_name ELSE split_part(search_name, ' ', 2) || ' / known' END
        ), made AS (
          INSERT INTO user_search_terms (environment_id, user_id, whole, term)
          SELECT environment_id, user_id, whole, CASE WHEN whole THEN lower($3) ELSE split_part(lower($3), ' ', 2) || ' / known' END
          FROM target, (VALUES (true), (false)) AS terms(whole)
        ), changed AS (
          UPDATE users u SET name = $3, search_name = lower($3) FROM target t
          WHERE u.environment_id = $1 AND u.user_id = $2 RETURNING u.user_id, u.name
        ) ${audited("user.updated", "changed")}`,
      values: (order, n) => [order.environmentId, knownUser(order, n), `Known ${unique(order, n)}`],
    },
    bar: CHANGE,
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
        ${audited("user.banned", "target")}`,
      values: aboutUser(knownUser),
    },
    bar: { ratio: 0.6, perSecond: 4_000 },
  },
  {
    name: "ban list",
    path: "/v4/user/ban/list",
    body: (_order, n) => ({ page: firstPage(n), pageSize: 50 }),
    alone: { ...BAN_LIST, values: page(firstPage) },
    bar: LIST,
    refill: BANS,
  },
  {
    name: "ban list, last pages of 50,000",
    path: "/v4/user/ban/list",
    body: (_order, n) => ({ page: deepBans(n), pageSize: 50 }),
    alone: { ...BAN_LIST, values: page(deepBans) },
    bar: LIST,
    refill: BANS,
  },
  {
    name: "unban",
    path: "/v4/user/unban",
    body: (order, n) => ({ userIds: [knownUser(order, n)] }),
    alone: {
      name: "unban",
      text: `WITH target AS (
          UPDATE users SET banned_until = NULL WHERE environment_id = $1 AND user_id = $2 AND banned_until > now()
          RETURNING user_id, name
        ), lifted AS (
          UPDATE bans SET ordered_ends_at = ends_at, ends_at = now(), lifted_at = now(), lifted_by_kind = 'app_server',
            lifted_by_id = 'key', lifted_by_name = 'App server'
          WHERE environment_id = $1 AND user_id = $2 AND ends_at > now()
        )
        ${audited("user.unbanned", "target")}`,
      values: aboutUser(knownUser),
    },
    bar: CHANGE,
    refill: BANS,
  },
  {
    name: "soft delete",
    path: "/v4/user/soft-delete",
    body: (order, n) => ({ userIds: [goneUser(order, n)] }),
    alone: {
      name: "soft-delete",
      text: `WITH ${erasing()}, target AS (
          UPDATE users SET soft_deleted_at = now(), tokens_valid_from = greatest(tokens_valid_from, now()), name = '', search_name = '',
            avatar_url = '', last_seen_at = NULL, friend_count = 0, blocked_count = 0, friend_permission = NULL
          WHERE environment_id = $1 AND user_id = $2 AND soft_deleted_at IS NULL RETURNING user_id, name
        )
        ${audited("user.soft_deleted", "target")}`,
      values: aboutUser(goneUser),
    },
    bar: ERASURE,
    refill: NOBODY_GONE,
  },
  {
    name: "soft-deleted list",
    path: "/v4/user/soft-deleted/list",
    body: (_order, n) => ({ page: firstPage(n), pageSize: 50 }),
    alone: { ...DELETED_LIST, values: page(firstPage) },
    bar: LIST,
    refill: EVERYBODY_LOST,
  },
  {
    name: "soft-deleted list, last pages of 40,000",
    path: "/v4/user/soft-deleted/list",
    body: (_order, n) => ({ page: deepDeleted(n), pageSize: 50 }),
    alone: { ...DELETED_LIST, values: page(deepDeleted) },
    bar: LIST,
    refill: EVERYBODY_LOST,
  },
  {
    name: "restore",
    path: "/v4/user/restore",
    body: (order, n) => ({ userIds: [lostUser(order, n)] }),
    alone: {
      name: "restore",
      text: `WITH ${erasing()}, target AS (
          UPDATE users SET soft_deleted_at = NULL, tokens_valid_from = greatest(tokens_valid_from, soft_deleted_at), name = '',
            search_name = '', avatar_url = '', last_seen_at = NULL, friend_count = 0, blocked_count = 0, friend_permission = NULL
          WHERE environment_id = $1 AND user_id = $2 AND soft_deleted_at IS NOT NULL RETURNING user_id, name
        )
        ${audited("user.restored", "target")}`,
      values: aboutUser(lostUser),
    },
    bar: ERASURE,
    refill: EVERYBODY_LOST,
  },
  {
    name: "status",
    path: "/v4/user/connection-status/get",
    body: (order, n) => ({ userId: someoneOnlineOrNot(order, n) }),
    alone: {
      name: "status",
      text: "SELECT 1 FROM connections WHERE environment_id = $1 AND user_id = $2 LIMIT 1",
      values: aboutUser(someoneOnlineOrNot),
    },
    bar: HOT_READ,
  },
];
