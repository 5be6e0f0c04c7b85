import { canBeUserId } from "@/lib/core/users/facts";

/** The two users in the address; "" for one that is missing or can be nobody's id. */
export interface Pair {
  readonly a: string;
  readonly b: string;
}

const idOf = (text: string | null) => (text !== null && canBeUserId(text) ? text : "");

export const readPair = (query: Pick<URLSearchParams, "get">): Pair => ({
  a: idOf(query.get("a")),
  b: idOf(query.get("b")),
});

/** The query string of two users, with its leading "?" or "". */
export function pairQuery(pair: Pair): string {
  const query = new URLSearchParams();
  for (const name of ["a", "b"] as const) if (pair[name] !== "") query.set(name, pair[name]);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
