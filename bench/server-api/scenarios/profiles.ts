import { knownUser, type Scenario, unique } from "../scenario";

/** Contract sections 10 and 11. */
export const PROFILE_SCENARIOS: readonly Scenario[] = [
  {
    name: "profile set",
    path: "/v4/user/profile/set",
    body: (order, n) => ({
      userId: knownUser(order, n),
      userProfile: { name: `Name ${unique(order, n)}`, level: n % 101 },
    }),
  },
  {
    name: "profile get",
    path: "/v4/user/profile/batch/get",
    body: (order, n) => ({ userIds: [knownUser(order, n)] }),
  },
  {
    name: "profile list",
    path: "/v4/user/profile/list",
    body: (_order, n) => ({ page: 1 + (n % 20), pageSize: 20 }),
  },
  { name: "profile clear", path: "/v4/user/profile/delete", body: (order, n) => ({ userIds: [knownUser(order, n)] }) },
  {
    name: "tags set",
    path: "/v4/user/tag/batch/set",
    body: (order, n) => ({ userIds: [knownUser(order, n)], tags: [`t${unique(order, n) % 1_000}`] }),
  },
  { name: "tags get", path: "/v4/user/tag/batch/get", body: (order, n) => ({ userIds: [knownUser(order, n)] }) },
];
