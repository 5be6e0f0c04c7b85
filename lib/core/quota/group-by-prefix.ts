import type { SeatHolder } from "./quota-store";
import type { PrefixGroup } from "./schema";

/** What test suites put between the parts of their ids: "e2e-run1-3", "qa_bob", "load.17". */
const SEPARATORS = /[-_.:]/g;

/** The text up to and including the n-th separator (from 1); null when there are fewer or nothing follows. */
function prefixOf(userId: string, n: number): string | null {
  let end = 0;
  for (const match of userId.matchAll(SEPARATORS)) {
    end += 1;
    if (end === n) {
      const prefix = userId.slice(0, match.index + 1);
      return prefix.length < userId.length ? prefix : null;
    }
  }
  return null;
}

function groupedBy(users: readonly SeatHolder[], depth: number): Map<string, SeatHolder[]> {
  const groups = new Map<string, SeatHolder[]>();
  for (const user of users) {
    const prefix = prefixOf(user.userId, depth);
    if (prefix === null) continue;
    const group = groups.get(prefix);
    if (group === undefined) groups.set(prefix, [user]);
    else group.push(user);
  }
  return groups;
}

const largestFirst = <T extends { prefix: string; count: number }>(a: T, b: T) =>
  b.count - a.count || (a.prefix < b.prefix ? -1 : 1);

/**
 * Groups users by the first part of their id ("e2e-"), and inside by the second ("e2e-run1-"). A group has at least
 * two users, is exactly the set that deleting by its prefix names, and two groups never overlap. `users` is oldest
 * first.
 */
export function groupByPrefix(users: readonly SeatHolder[]): PrefixGroup[] {
  const result: PrefixGroup[] = [];
  for (const [prefix, members] of groupedBy(users, 1)) {
    const oldest = members[0];
    const newest = members.at(-1);
    if (members.length < 2 || oldest === undefined || newest === undefined) continue;
    const runs = [...groupedBy(members, 2)].flatMap(([run, its]) => {
      const last = its.at(-1);
      return its.length < 2 || last === undefined ? [] : [{ prefix: run, count: its.length, newest: last.createdAt }];
    });
    result.push({
      prefix,
      count: members.length,
      oldest: oldest.createdAt,
      newest: newest.createdAt,
      runs: runs.sort(largestFirst),
    });
  }
  return result.sort(largestFirst);
}
