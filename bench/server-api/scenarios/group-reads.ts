import type { Order } from "../load";
import { ALIASES, FAVORITES, MEMBERSHIPS } from "../refill";
import { LARGE_GROUP, LARGE_GROUP_MEMBERS, LIST, membership, READ, type Scenario, smallGroup } from "../scenario";

const largeGroupMember = (number: number) => `known-${number % LARGE_GROUP_MEMBERS}`;
const ofMembership = (order: Order, n: number) => [order.environmentId, ...membership(order, n)];

const GROUP = "group_id, name, owner_id, profile, extended, permissions, created_at, member_count";
const MEMBER = "user_id, role, nickname, extra, joined_at";

/** What contract section 17 asks. */
export const GROUP_READ_SCENARIOS: readonly Scenario[] = [
  {
    name: "member list, 50 of 1,000",
    path: "/v4/group-channel/member/list",
    body: () => ({ channelId: LARGE_GROUP, pageSize: 50 }),
    alone: {
      name: "member-list",
      text: `SELECT g.member_count, m.*, u.name, u.avatar_url, p.basic FROM groups g CROSS JOIN LATERAL (
          SELECT ${MEMBER} FROM group_members WHERE environment_id = $1 AND group_id = $2 ORDER BY joined_at, user_id LIMIT 51
        ) m
        LEFT JOIN LATERAL (SELECT name, avatar_url FROM users WHERE environment_id = $1 AND user_id = m.user_id LIMIT 1) u ON true
        LEFT JOIN LATERAL (SELECT basic FROM user_profiles WHERE environment_id = $1 AND user_id = m.user_id LIMIT 1) p ON true
        WHERE g.environment_id = $1 AND g.group_id = $2`,
      values: (order) => [order.environmentId, LARGE_GROUP],
    },
    bar: LIST,
  },
  {
    name: "member get",
    path: "/v4/group-channel/member/batch/get",
    body: (_order, n) => ({ channelId: LARGE_GROUP, userIds: [largeGroupMember(n)] }),
    alone: {
      name: "member-get",
      text: `SELECT ${MEMBER} FROM group_members WHERE environment_id = $1 AND group_id = $2 AND user_id = $3`,
      values: (order, n) => [order.environmentId, LARGE_GROUP, largeGroupMember(n)],
    },
    bar: READ,
  },
  {
    name: "joined groups",
    path: "/v4/group-channel/joined/list",
    body: (_order, n) => ({ userId: largeGroupMember(n), pageSize: 50 }),
    alone: {
      name: "joined-groups",
      text: `SELECT m.role, m.nickname, m.joined_at, g.*, a.alias FROM (
          SELECT group_id, role, nickname, joined_at FROM group_members WHERE environment_id = $1 AND user_id = $2
          ORDER BY joined_at, group_id LIMIT 51
        ) m
        CROSS JOIN LATERAL (SELECT ${GROUP} FROM groups WHERE environment_id = $1 AND group_id = m.group_id LIMIT 1) g
        LEFT JOIN LATERAL (
          SELECT alias FROM group_aliases WHERE environment_id = $1 AND user_id = $2 AND group_id = m.group_id LIMIT 1
        ) a ON true`,
      values: (order, n) => [order.environmentId, largeGroupMember(n)],
    },
    bar: LIST,
    refill: MEMBERSHIPS,
  },
  {
    name: "alias get",
    path: "/v4/group-channel/alias/get",
    body(order, n) {
      const [channelId, userId] = membership(order, n);
      return { channelId, userId };
    },
    alone: {
      name: "alias-get",
      text: `SELECT m.user_id, a.alias FROM group_members m
        LEFT JOIN group_aliases a ON a.environment_id = $1 AND a.user_id = $3 AND a.group_id = $2
        WHERE m.environment_id = $1 AND m.group_id = $2 AND m.user_id = $3`,
      values: ofMembership,
    },
    bar: READ,
    refill: ALIASES,
  },
  {
    name: "group get",
    path: "/v4/group-channel/profile/list",
    body: (order, n) => ({ channelIds: [smallGroup(order, n)] }),
    alone: {
      name: "group-get",
      text: `SELECT ${GROUP} FROM groups WHERE environment_id = $1 AND group_id = $2`,
      values: (order, n) => [order.environmentId, smallGroup(order, n)],
    },
    bar: READ,
  },
  {
    name: "group list, 50 of all",
    path: "/v4/group-channel/list",
    body: () => ({ pageSize: 50 }),
    alone: {
      name: "group-list",
      text: `SELECT ${GROUP} FROM groups WHERE environment_id = $1 ORDER BY created_at, group_id LIMIT 51`,
      values: (order) => [order.environmentId],
    },
    bar: LIST,
  },
  {
    name: "favorites list, 50",
    path: "/v4/group-channel/member/favorites/list",
    body: (_order, n) => ({ channelId: LARGE_GROUP, userId: largeGroupMember(n) }),
    alone: {
      name: "favorites-list",
      text: `SELECT favorite_id, favorited_at FROM group_favorites
        WHERE environment_id = $1 AND (user_id, group_id) >= ($3, $2) AND (user_id, group_id) <= ($3, $2) ORDER BY favorited_at DESC, favorite_id`,
      values: (order, n) => [order.environmentId, LARGE_GROUP, largeGroupMember(n)],
    },
    bar: LIST,
    refill: FAVORITES,
  },
];
