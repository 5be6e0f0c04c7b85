import type { Order } from "../load";
import { ADMINS, ALIASES, ENDING, FAVORITES, MEMBERSHIPS, NO_FAVORITES } from "../refill";
import {
  CHANGE,
  endingGroup,
  favorite,
  knownUser,
  LARGE_GROUP,
  MANY_ROWS,
  membership,
  type Scenario,
  smallGroup,
  unique,
} from "../scenario";

const ofMembership = (order: Order, n: number) => [order.environmentId, ...membership(order, n)];
const ofFavorite = (order: Order, n: number) => [order.environmentId, LARGE_GROUP, ...favorite(n)];
const newName = (order: Order, n: number) => `Renamed ${unique(order, n)}`;

const LEAVE = (condition: string) => `WITH gone AS (
    DELETE FROM group_members WHERE ${condition} AND role <> 3 RETURNING group_id, user_id
  ), aliases AS (
    DELETE FROM group_aliases a USING gone WHERE a.environment_id = $1 AND a.user_id = gone.user_id AND a.group_id = gone.group_id
  ), favorites AS (
    DELETE FROM group_favorites f USING gone WHERE f.environment_id = $1 AND f.user_id = gone.user_id AND f.group_id = gone.group_id
  )
  UPDATE groups g SET member_count = member_count - 1 FROM gone WHERE g.environment_id = $1 AND g.group_id = gone.group_id`;

const setRole = (name: string, role: number) => ({
  name,
  text: `WITH held AS (SELECT FROM groups WHERE environment_id = $1 AND group_id = $2 FOR NO KEY UPDATE)
    UPDATE group_members SET role = ${role} FROM held WHERE environment_id = $1 AND group_id = $2 AND user_id = $3`,
  values: ofMembership,
});

/** The names of these groups have two words each: two terms go and two come. */
const termOf = (name: string) =>
  `CASE WHEN whole THEN lower(${name}) ELSE split_part(lower(${name}), ' ', 2) || ' / renamed' END`;

/** What contract section 17 changes. */
export const GROUP_SCENARIOS: readonly Scenario[] = [
  {
    name: "group create",
    path: "/v4/group-channel/create",
    body: (order, n) => ({
      channelId: `g-${unique(order, n)}`,
      name: "New group",
      owner: knownUser(order, n),
      userIds: [knownUser(order, n + 1)],
    }),
    alone: {
      name: "group-create",
      text: `WITH made AS (
          INSERT INTO groups (environment_id, group_id, name, search_name, owner_id, created_at, member_count)
          SELECT environment_id, $2, 'New group', 'new group', user_id, now(), 2 FROM users
          WHERE environment_id = $1 AND user_id = $3 AND soft_deleted_at IS NULL RETURNING group_id
        ), terms AS (
          INSERT INTO group_search_terms (environment_id, group_id, whole, term)
          SELECT $1, group_id, whole, term FROM made, (VALUES (true, 'new group'), (false, 'group / new')) AS terms(whole, term)
        )
        INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
        SELECT $1, group_id, user_id, role, now() FROM made, (VALUES ($3, 3), ($4, 1)) AS members(user_id, role)`,
      values: (order, n) => [
        order.environmentId,
        `g-${unique(order, n)}`,
        knownUser(order, n),
        knownUser(order, n + 1),
      ],
    },
    bar: CHANGE,
  },
  {
    name: "group join",
    path: "/v4/group-channel/join",
    body: (order, n) => ({ channelId: smallGroup(order, n), userIds: [knownUser(order, n * 17)] }),
    alone: {
      name: "group-join",
      text: `WITH joined AS (
          INSERT INTO group_members (environment_id, group_id, user_id, role, joined_at)
          SELECT environment_id, $2, user_id, 1, now() FROM users
          WHERE environment_id = $1 AND user_id = $3 AND soft_deleted_at IS NULL ON CONFLICT DO NOTHING RETURNING group_id
        )
        UPDATE groups g SET member_count = member_count + 1 FROM joined WHERE g.environment_id = $1 AND g.group_id = joined.group_id`,
      values: (order, n) => [order.environmentId, smallGroup(order, n), knownUser(order, n * 17)],
    },
    bar: CHANGE,
  },
  {
    name: "group leave",
    path: "/v4/group-channel/leave",
    body(order, n) {
      const [channelId, userId] = membership(order, n);
      return { channelId, userIds: [userId] };
    },
    alone: {
      name: "group-leave",
      text: LEAVE("environment_id = $1 AND group_id = $2 AND user_id = $3"),
      values: ofMembership,
    },
    bar: CHANGE,
    refill: MEMBERSHIPS,
  },
  {
    name: "member set",
    path: "/v4/group-channel/member/set",
    body(order, n) {
      const [channelId, userId] = membership(order, n);
      return { channelId, userId, nickname: `n${unique(order, n)}` };
    },
    alone: {
      name: "member-set",
      text: `WITH held AS (SELECT FROM groups WHERE environment_id = $1 AND group_id = $2 FOR SHARE)
        UPDATE group_members SET nickname = $4 FROM held WHERE environment_id = $1 AND group_id = $2 AND user_id = $3`,
      values: (order, n) => [...ofMembership(order, n), `n${unique(order, n)}`],
    },
    bar: CHANGE,
    refill: MEMBERSHIPS,
  },
  {
    name: "alias set",
    path: "/v4/group-channel/alias/set",
    body(order, n) {
      const [channelId, userId] = membership(order, n);
      return { channelId, userId, alias: `a${unique(order, n)}` };
    },
    alone: {
      name: "alias-set",
      text: `INSERT INTO group_aliases (environment_id, user_id, group_id, alias)
        SELECT environment_id, user_id, group_id, $4 FROM group_members
        WHERE environment_id = $1 AND group_id = $2 AND user_id = $3
        ON CONFLICT (environment_id, user_id, group_id) DO UPDATE SET alias = excluded.alias`,
      values: (order, n) => [...ofMembership(order, n), `a${unique(order, n)}`],
    },
    bar: CHANGE,
    refill: MEMBERSHIPS,
  },
  {
    name: "alias delete",
    path: "/v4/group-channel/alias/delete",
    body(order, n) {
      const [channelId, userId] = membership(order, n);
      return { channelId, userId };
    },
    alone: {
      name: "alias-delete",
      text: "DELETE FROM group_aliases WHERE environment_id = $1 AND group_id = $2 AND user_id = $3",
      values: ofMembership,
    },
    bar: CHANGE,
    refill: ALIASES,
  },
  {
    name: "admins add",
    path: "/v4/group-channel/admin/add",
    body(order, n) {
      const [channelId, userId] = membership(order, n);
      return { channelId, userIds: [userId] };
    },
    alone: setRole("admins-add", 2),
    bar: CHANGE,
    refill: MEMBERSHIPS,
  },
  {
    name: "admins remove",
    path: "/v4/group-channel/admin/remove",
    body(order, n) {
      const [channelId, userId] = membership(order, n);
      return { channelId, userIds: [userId] };
    },
    alone: setRole("admins-remove", 1),
    bar: CHANGE,
    refill: ADMINS,
  },
  {
    name: "group update",
    path: "/v4/group-channel/profile/update",
    body: (order, n) => ({ channelId: smallGroup(order, n), name: newName(order, n) }),
    alone: {
      name: "group-update",
      text: `WITH held AS (
          SELECT search_name FROM groups WHERE environment_id = $1 AND group_id = $2 FOR NO KEY UPDATE
        ), gone AS (
          DELETE FROM group_search_terms WHERE environment_id = $1 AND group_id = $2
        ), made AS (
          INSERT INTO group_search_terms (environment_id, group_id, whole, term)
          SELECT $1, $2, whole, ${termOf("$3::text")} FROM held, (VALUES (true), (false)) AS terms(whole) ON CONFLICT DO NOTHING
        ), changed AS (
          UPDATE groups SET name = $3, search_name = lower($3) WHERE environment_id = $1 AND group_id = $2
        )
        SELECT user_id FROM group_members WHERE environment_id = $1 AND group_id = $2`,
      values: (order, n) => [order.environmentId, smallGroup(order, n), newName(order, n)],
    },
    bar: CHANGE,
  },
  {
    name: "favorites add",
    path: "/v4/group-channel/member/favorites/add",
    body(_order, n) {
      const [userId, favoriteId] = favorite(n);
      return { channelId: LARGE_GROUP, userId, favoriteIds: [favoriteId] };
    },
    alone: {
      name: "favorites-add",
      text: `WITH held AS (SELECT FROM group_members WHERE environment_id = $1 AND group_id = $2 AND user_id = ANY(ARRAY[$3, $4]) LIMIT 1)
        INSERT INTO group_favorites (environment_id, group_id, user_id, favorite_id, favorited_at)
        SELECT $1, $2, $3, $4, now() FROM held ON CONFLICT DO NOTHING`,
      values: ofFavorite,
    },
    bar: CHANGE,
    refill: NO_FAVORITES,
  },
  {
    name: "favorites remove",
    path: "/v4/group-channel/member/favorites/remove",
    body(_order, n) {
      const [userId, favoriteId] = favorite(n);
      return { channelId: LARGE_GROUP, userId, favoriteIds: [favoriteId] };
    },
    alone: {
      name: "favorites-remove",
      text: "DELETE FROM group_favorites WHERE environment_id = $1 AND group_id = $2 AND user_id = $3 AND favorite_id = $4",
      values: ofFavorite,
    },
    bar: CHANGE,
    refill: FAVORITES,
  },
  {
    name: "group dismiss",
    path: "/v4/group-channel/dismiss",
    body: (order, n) => ({ channelId: endingGroup(order, n) }),
    alone: {
      name: "group-dismiss",
      text: `WITH aliases AS (
          DELETE FROM group_aliases WHERE environment_id = $1 AND group_id = $2
        ), terms AS (
          DELETE FROM group_search_terms WHERE environment_id = $1 AND group_id = $2
        ), favorites AS (
          DELETE FROM group_favorites WHERE environment_id = $1 AND group_id = $2
        ), dismissed AS (
          DELETE FROM groups WHERE environment_id = $1 AND group_id = $2
        )
        DELETE FROM group_members WHERE environment_id = $1 AND group_id = $2 RETURNING user_id`,
      values: (order, n) => [order.environmentId, endingGroup(order, n)],
    },
    bar: CHANGE,
    refill: ENDING,
  },
  {
    name: "owner transfer",
    path: "/v4/group-channel/transfer/owner",
    body(order, n) {
      const [channelId, newOwner] = membership(order, n);
      return { channelId, newOwner, shouldLeave: 0 };
    },
    alone: {
      name: "owner-transfer",
      text: `WITH held AS (
          SELECT owner_id FROM groups WHERE environment_id = $1 AND group_id = $2 FOR NO KEY UPDATE
        ), roles AS (
          UPDATE group_members SET role = CASE user_id WHEN $3 THEN 3 ELSE 1 END FROM held
          WHERE environment_id = $1 AND group_id = $2 AND user_id IN ($3, owner_id)
        )
        UPDATE groups SET owner_id = $3 WHERE environment_id = $1 AND group_id = $2`,
      values: ofMembership,
    },
    bar: CHANGE,
    refill: MEMBERSHIPS,
  },
  {
    name: "kickout all",
    path: "/v4/group-channel/member/kickout-all",
    body: (order, n) => ({ userId: knownUser(order, n) }),
    alone: {
      name: "kickout-all",
      text: LEAVE("environment_id = $1 AND user_id = $2"),
      values: (order, n) => [order.environmentId, knownUser(order, n)],
    },
    bar: MANY_ROWS,
    refill: MEMBERSHIPS,
  },
];
