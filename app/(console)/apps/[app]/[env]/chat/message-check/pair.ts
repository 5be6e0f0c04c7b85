import { UserIdSchema } from "@/lib/core/users/schema";

/** The two users in the address; "" for one that is missing or can be nobody's id. */
export interface Pair {
  readonly from: string;
  readonly to: string;
}

const idOf = (text: string | undefined) => UserIdSchema.safeParse(text).data ?? "";

export const readPair = (values: Readonly<Record<string, string>>): Pair => ({
  from: idOf(values.from),
  to: idOf(values.to),
});

/** The address of the check with these two users. */
export function checkHref(base: string, pair: Partial<Pair>): string {
  const params = new URLSearchParams();
  for (const name of ["from", "to"] as const) if (pair[name]) params.set(name, pair[name]);
  const query = params.toString();
  return `${base}/chat/message-check${query === "" ? "" : `?${query}`}`;
}
