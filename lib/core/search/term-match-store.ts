import { Prisma } from "@/lib/db/generated/client";
import { AFTER_ALL } from "@/lib/db/sql";
import { TURN } from "./search-name-store";

const { sql, empty, join } = Prisma;

/** What names are searched for. */
export interface SearchedName {
  /** As names begin: folded, one space between words. */
  readonly name: string;
  /** Each begins a word of the name. The first leads: its terms are walked, and the others looked for beside each. */
  readonly words: readonly [lead: string, ...others: string[]];
}

/** The terms of one kind of match: `matches` is about the column `term`, of terms that are whole names or are not. */
export interface TermMatch {
  /** 0 for the most relevant. */
  readonly order: 0 | 1 | 2;
  readonly whole: boolean;
  readonly matches: Prisma.Sql;
}

/**
 * Names that begin with the text, then names with a word that begins with the lead and with words that begin with the others: its
 * first word, then a later one. A name has a term for each word, and is found by the first of those that match.
 */
export function termMatches({ name, words: [lead, ...others] }: SearchedName): readonly TermMatch[] {
  const beside = join([empty, ...others.map((word) => sql` AND position(${` ${word}`}::text IN ' ' || term) > 0`)], "");
  const isLater = sql`${termStarts(lead)}${beside} AND position(${TURN + lead}::text IN term) = 0
    AND NOT EXISTS (SELECT FROM unnest(string_to_array(term, ' ')) AS w(word) WHERE word >= ${lead} AND word < split_part(term, ' ', 1))`;
  if (name === lead) {
    return [
      { order: 0, whole: true, matches: termStarts(name) },
      { order: 2, whole: false, matches: isLater },
    ];
  }
  const turned = sql`starts_with(split_part(term, ${TURN}, 2) || ' ' || split_part(term, ${TURN}, 1), ${name})`;
  return [
    { order: 0, whole: true, matches: termStarts(name) },
    { order: 1, whole: true, matches: sql`${termStarts(lead)}${beside} AND NOT (${termStarts(name)})` },
    { order: 2, whole: false, matches: sql`${isLater} AND NOT ${turned}` },
  ];
}

/** Whether a term's own word begins with `word`: a range of the index of terms. */
export const termStarts = (word: string): Prisma.Sql => sql`term >= ${word} AND term < ${word + AFTER_ALL}`;
