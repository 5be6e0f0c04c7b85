import { type Erasure, USER_DATA, USER_DATA_WORDS, type UserDataWord } from "./user-data";

/** How much is stored of a user, or was erased; what there is none of is missing. Browser-safe. */
export type UserDataCounts = Readonly<Partial<Record<UserDataWord, number>>>;

const WORDS = Object.keys(USER_DATA_WORDS) as UserDataWord[];

const toErase = (how: Erasure): ReadonlySet<UserDataWord> =>
  new Set(USER_DATA.flatMap((rule) => (rule[how] === "erased" && rule.words !== undefined ? [rule.words] : [])));

/** Of what is stored, what one of the two ways erases. */
export function erasable(counts: UserDataCounts, how: Erasure): UserDataCounts {
  const erased = toErase(how);
  return Object.fromEntries(Object.entries(counts).filter(([word]) => erased.has(word as UserDataWord)));
}

/** What an audit entry says of what was erased of a user; nothing where nothing was. */
export function removedOf(erased: ReadonlyMap<string, UserDataCounts>, userId: string): { removed?: UserDataCounts } {
  const removed = erased.get(userId);
  return removed === undefined ? {} : { removed };
}

/** "3 friends, 12 messages"; "" for nothing. In the order of the list. */
export function userDataText(counts: UserDataCounts): string {
  return WORDS.flatMap((word) => {
    const n = counts[word] ?? 0;
    const [one, many] = USER_DATA_WORDS[word];
    return n === 0 ? [] : [`${n.toLocaleString("en-US")} ${n === 1 ? one : many}`];
  }).join(", ");
}
