import { aboutUser } from "../alone";
import { PROFILES } from "../refill";
import { CHANGE, KNOWN_USERS, knownUser, LIST, READ, type Scenario, unique } from "../scenario";

const PROFILE_LIST = {
  name: "profile-list",
  text: `SELECT user_id, unique_id, basic, extended, version FROM user_profiles
    WHERE environment_id = $1 AND NOT (unique_id IS NULL AND basic = '{}' AND extended = '{}')
    ORDER BY registered_at, user_id OFFSET $2 LIMIT 20`,
};

const LAST_PAGES = KNOWN_USERS / 20 / 10;
const firstPage = (number: number) => 1 + (number % 20);
const deepPage = (number: number) => KNOWN_USERS / 20 - LAST_PAGES + (number % LAST_PAGES);

/** Contract sections 10 and 11. */
export const PROFILE_SCENARIOS: readonly Scenario[] = [
  {
    name: "profile set",
    path: "/v4/user/profile/set",
    body: (order, n) => ({
      userId: knownUser(order, n),
      userProfile: { name: `Name ${unique(order, n)}`, level: n % 101 },
    }),
    alone: {
      name: "profile-set",
      text: `INSERT INTO user_profiles (environment_id, user_id, basic, version, registered_at)
        SELECT environment_id, user_id, $3::jsonb, $4, created_at FROM users
        WHERE environment_id = $1 AND user_id = $2 AND soft_deleted_at IS NULL FOR NO KEY UPDATE
        ON CONFLICT (environment_id, user_id) DO UPDATE SET basic = excluded.basic, version = excluded.version`,
      values: (order, n) => [
        order.environmentId,
        knownUser(order, n),
        JSON.stringify({ name: `Name ${unique(order, n)}`, level: n % 101 }),
        Date.now(),
      ],
    },
    bar: CHANGE,
  },
  {
    name: "profile get",
    path: "/v4/user/profile/batch/get",
    body: (order, n) => ({ userIds: [knownUser(order, n)] }),
    alone: {
      name: "profile-get",
      text: `SELECT user_id, unique_id, basic, extended, version FROM user_profiles
        WHERE environment_id = $1 AND user_id = $2`,
      values: aboutUser(knownUser),
    },
    bar: READ,
    refill: PROFILES,
  },
  {
    name: "profile list",
    path: "/v4/user/profile/list",
    body: (_order, n) => ({ page: firstPage(n), pageSize: 20 }),
    alone: { ...PROFILE_LIST, values: (order, n) => [order.environmentId, (firstPage(n) - 1) * 20] },
    bar: LIST,
    refill: PROFILES,
  },
  {
    name: "profile list, last pages of 50,000",
    path: "/v4/user/profile/list",
    body: (_order, n) => ({ page: deepPage(n), pageSize: 20 }),
    alone: { ...PROFILE_LIST, values: (order, n) => [order.environmentId, (deepPage(n) - 1) * 20] },
    bar: LIST,
    refill: PROFILES,
  },
  {
    name: "profile clear",
    path: "/v4/user/profile/delete",
    body: (order, n) => ({ userIds: [knownUser(order, n)] }),
    alone: {
      name: "profile-clear",
      text: `WITH target AS (
          SELECT user_id FROM users WHERE environment_id = $1 AND user_id = $2 FOR NO KEY UPDATE
        )
        UPDATE user_profiles p SET unique_id = NULL, basic = '{}', extended = '{}', version = version + 1 FROM target t
        WHERE p.environment_id = $1 AND p.user_id = t.user_id`,
      values: aboutUser(knownUser),
    },
    bar: CHANGE,
    refill: PROFILES,
  },
  {
    name: "tags set",
    path: "/v4/user/tag/batch/set",
    body: (order, n) => ({ userIds: [knownUser(order, n)], tags: [`t${unique(order, n) % 1_000}`] }),
    alone: {
      name: "tags-set",
      text: `INSERT INTO user_tags (environment_id, user_id, tags) SELECT environment_id, user_id, $3::text[] FROM users
        WHERE environment_id = $1 AND user_id = $2 AND soft_deleted_at IS NULL FOR NO KEY UPDATE
        ON CONFLICT (environment_id, user_id) DO UPDATE SET tags = excluded.tags`,
      values: (order, n) => [order.environmentId, knownUser(order, n), [`t${unique(order, n) % 1_000}`]],
    },
    bar: CHANGE,
  },
  {
    name: "tags get",
    path: "/v4/user/tag/batch/get",
    body: (order, n) => ({ userIds: [knownUser(order, n)] }),
    alone: {
      name: "tags-get",
      text: `SELECT u.user_id, t.tags FROM users u LEFT JOIN user_tags t USING (environment_id, user_id)
        WHERE u.environment_id = $1 AND u.user_id = $2 AND u.soft_deleted_at IS NULL`,
      values: aboutUser(knownUser),
    },
    bar: READ,
  },
];
