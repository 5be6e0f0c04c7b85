import { countUsers, countUsersByStatus } from "@/lib/core/users/count-users";
import { countUsersElsewhere } from "@/lib/core/users/count-users-elsewhere";
import { getUserDetail } from "@/lib/core/users/get-user-detail";
import { listMatchingUserIds } from "@/lib/core/users/list-matching-user-ids";
import { USER_SORTS, type UserFilterInput, type UserListQueryInput } from "@/lib/core/users/list-schema";
import { listUsers } from "@/lib/core/users/list-users";
import { peekUser } from "@/lib/core/users/peek-user";
import { suggestUsers } from "@/lib/core/users/suggest-users";
import { type Case, one, pages } from "./case";
import type { Site } from "./site";

/** The list of users: each of its orders, filters and searches, first and deep pages and counts; and what is shown of one user. */

const STATUSES = ["active", "banned", "deleted"] as const;
const DAY_MS = 86_400_000;
const SOME_USER = "user_000005005";

const list = (name: string, query: UserListQueryInput): Case[] => pages(name, listUsers, query);
const first = (name: string, query: UserListQueryInput): Case => {
  const [page] = list(name, query);
  if (page === undefined) throw new Error("a list has a first page");
  return page;
};
const count = (name: string, filter: UserFilterInput): Case =>
  one(`count ${name}`, ({ context, actor }) => countUsers(context, actor, filter), { grows: "counts up to its cap" });

/** What each search looks for: from what one user of thirty has to what nobody has. */
const SEARCHES: Readonly<Record<string, string>> = {
  "one letter": "a",
  common: "an",
  "first name": "Alison",
  "last name": "Nakamura",
  "two words": "grace hoff",
  "two words, the other way": "nakamura al",
  rare: "zanbri",
  nobody: "zzzz-nobody",
  "id prefix, many": "user_",
  "id prefix, few": "user_00000512",
  "exact id": SOME_USER,
  "e-mail": `${SOME_USER}@example.com`,
};

const FILTERS = (day: (daysAgo: number) => string): Readonly<Record<string, UserFilterInput>> => ({
  active: { status: "active" },
  banned: { status: "banned" },
  deleted: { status: "deleted" },
  online: { presence: "online" },
  offline: { presence: "offline" },
  "platform, many": { platform: "Web" },
  "platform, few": { platform: "HarmonyOS" },
  "platform, nobody": { platform: "MiniProgram" },
  "tag of one in ten": { tag: "trial" },
  "tag of one in a hundred": { tag: "beta" },
  "tag of one in ten thousand": { tag: "vip" },
  "tag of nobody": { tag: "nobody" },
  group: { group: "g-large" },
  "has an e-mail": { email: "yes" },
  "no e-mail": { email: "no" },
  "has a unique id": { uniqueId: "yes" },
  "no unique id": { uniqueId: "no" },
  "unseen for 30 days": { unseen: 30 },
  "unseen for 300 days": { unseen: 300 },
  "seen in two days": { seenFrom: day(3), seenTo: day(2) },
  "seen in 300 days": { seenFrom: day(300) },
  "created on one day": { from: day(200), to: day(200) },
  "created in 200 days": { from: day(300), to: day(100) },
  "created in the last 100 days": { from: day(100) },
  "banned, created in 200 days": { status: "banned", from: day(300), to: day(100) },
  "deleted, created in 200 days": { status: "deleted", from: day(300), to: day(100) },
  "active, online": { status: "active", presence: "online" },
  "online, tag of one in ten": { presence: "online", tag: "trial" },
  "tag of one in a hundred, has an e-mail, created in 200 days": {
    tag: "beta",
    email: "yes",
    from: day(300),
    to: day(100),
  },
  "banned, tag of one in ten": { status: "banned", tag: "trial" },
});

/** A created range that holds as many users at both sizes. */
const sameRange = (name: string, users: number, query: UserListQueryInput): Case => ({
  name,
  prepare: async ({ context, actor, now, users: all }: Site) => {
    const from = now - 200 * DAY_MS;
    const to = from + (users / all) * 400 * DAY_MS;
    const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    return () => listUsers(context, actor, { ...query, ...range });
  },
});

/** `now` as the sites' clock says: filters name days. */
export function userCases(now: number): Case[] {
  const day = (daysAgo: number) => new Date(now - daysAgo * DAY_MS).toISOString().slice(0, 10);
  const filters = Object.entries(FILTERS(day));
  const searches = Object.entries(SEARCHES);
  return [
    ...USER_SORTS.flatMap((sort) => list(`users, sort ${sort}`, { sort })),
    first("users, page of 100", { size: 100 }),
    count("users", {}),
    one("counts of each status", ({ context, actor }) => countUsersByStatus(context, actor, {}), {
      grows: "counts up to its cap",
    }),
    ...USER_SORTS.map((sort) => sameRange(`created range of 500 users, sort ${sort}`, 500, { sort })),
    ...filters.flatMap(([name, filter]) => [
      ...list(`filter ${name}`, filter),
      ...(["seen", "created", "id"] as const).map((sort) => first(`filter ${name}, sort ${sort}`, { ...filter, sort })),
      count(`filter ${name}`, filter),
      one(`ids to select, filter ${name}`, ({ context, actor }) => listMatchingUserIds(context, actor, filter)),
    ]),
    ...searches.flatMap(([name, q]) => [...list(`search ${name}`, { q }), count(`search ${name}`, { q })]),
    ...(["-created", "seen", "id"] as const).flatMap((sort) =>
      ["rare", "common"].map((name) => first(`search ${name}, sort ${sort}`, { q: SEARCHES[name], sort })),
    ),
    ...filters.flatMap(([name, filter]) => [
      ...["common", "rare", "two words", "id prefix, many", "nobody"].map((kind) =>
        first(`search ${kind}, filter ${name}`, { ...filter, q: SEARCHES[kind] }),
      ),
      ...list(`search common, filter ${name}`, { ...filter, q: SEARCHES.common }).slice(1),
      count(`search common, filter ${name}`, { ...filter, q: SEARCHES.common }),
      count(`search rare, filter ${name}`, { ...filter, q: SEARCHES.rare }),
    ]),
    ...STATUSES.map((status) =>
      one(
        `counts of each status, search common, ${status}`,
        ({ context, actor }) => countUsersByStatus(context, actor, { q: SEARCHES.common, status }),
        { grows: "counts up to its cap" },
      ),
    ),
    ...["a", "an", "ali", "zanbri", "user_0"].map((q) =>
      one(`palette, users for "${q}"`, ({ context, actor }) => suggestUsers(context, actor, { q })),
    ),
    one(
      "users elsewhere, search common",
      ({ context, inDevelopment }) => countUsersElsewhere(context, inDevelopment, { q: "an" }),
      { grows: "counts up to its cap" },
    ),
    one("one user", ({ context, actor }) => getUserDetail(context, actor, { userId: SOME_USER })),
    one("peek at a user", ({ context, actor }) => peekUser(context, actor, { userId: SOME_USER })),
  ];
}
