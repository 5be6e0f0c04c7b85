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
