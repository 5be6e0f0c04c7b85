import type { EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { searchName } from "@/lib/core/search/fold";

/** The terms of a search name, worked out by the slow and obvious way. */
function termsOf(name: string): string[] {
  const words = name.split(" ").filter((word) => word !== "");
  return words.map((_, at) =>
    at === 0 ? `whole: ${name}` : `later: ${words.slice(at).join(" ")} / ${words.slice(0, at).join(" ")}`,
  );
}

/** In what the search index of an environment differs from its users' names, as sentences; none when it is in step. */
export async function outOfStep(context: Context, { id }: EnvironmentRef): Promise<string[]> {
  const where = { environmentId: id };
  const users = await context.db.prisma.user.findMany({ where });
  const stored = await context.db.prisma.userSearchTerm.findMany({ where });
  const [wanted, found] = [
    users.flatMap((user) => termsOf(searchName(user.name)).map((term) => `${user.userId} ${term}`)),
    stored.map(({ userId, whole, term }) => `${userId} ${whole ? "whole" : "later"}: ${term}`),
  ];
  return [
    ...users
      .filter((user) => user.searchName !== searchName(user.name))
      .map((user) => `${user.userId} is called ${user.name} and stored as ${user.searchName}`),
    ...wanted.filter((term) => !found.includes(term)).map((term) => `missing: ${term}`),
    ...found.filter((term) => !wanted.includes(term)).map((term) => `left over: ${term}`),
  ];
}
