import { beginsWordsOf, foldedText } from "@/lib/core/search/fold";

/**
 * What of the palette a typed text means, and in which order. A word of the text must begin a word of what it finds:
 * nothing is found by letters inside of one.
 */

/** Something to choose. */
export interface Choice {
  readonly key: string;
  readonly label: string;
  /** Other words for it. */
  readonly keywords?: readonly string[] | undefined;
}

export interface ChoiceGroup<C extends Choice = Choice> {
  readonly label: string;
  /**
   * "users" and "found": what the server found for the text, in its order. "own": all there is, of which the text
   * chooses.
   */
  readonly kind: "users" | "found" | "own";
  readonly choices: readonly C[];
}

/**
 * How near the text comes to a choice: 0 it is the label, 1 the label begins so, 2 each word begins one of the label, 3 one
 * of the label or the keywords. Null: it does not mean it.
 */
export function closeness(text: string, { label, keywords = [] }: Omit<Choice, "key">): 0 | 1 | 2 | 3 | null {
  const whole = foldedText(text);
  if (whole === "") return null;
  const name = foldedText(label);
  if (name === whole) return 0;
  if (name.startsWith(whole)) return 1;
  if (beginsWordsOf(text, label)) return 2;
  return beginsWordsOf(text, [label, ...keywords].join(" ")) ? 3 : null;
}

/** Whether the text is the beginning of the label, of one of its words or of a keyword as a whole: for users, their ids. */
export function beginsWith(text: string, { label, keywords = [] }: Omit<Choice, "key">): boolean {
  const whole = foldedText(text);
  if (whole === "") return false;
  return closeness(text, { label }) !== null || [label, ...keywords].some((word) => foldedText(word).startsWith(whole));
}

/** After every choice that a text means by its own words. */
const BY_OTHER_MEANS = 4;

function ranked<C extends Choice>(text: string, group: ChoiceGroup<C>): { rank: number; group: ChoiceGroup<C> } {
  const { kind, choices } = group;
  if (kind === "users")
    return { rank: choices.some((choice) => beginsWith(text, choice)) ? -1 : BY_OTHER_MEANS, group };
  const ranks = new Map(choices.map((choice) => [choice, closeness(text, choice)]));
  const rankOf = (choice: C) => ranks.get(choice) ?? BY_OTHER_MEANS;
  const best = Math.min(...choices.map(rankOf));
  if (kind === "found") return { rank: best, group };
  const meant = choices.filter((choice) => rankOf(choice) < BY_OTHER_MEANS);
  return { rank: best, group: { ...group, choices: meant.sort((one, other) => rankOf(one) - rankOf(other)) } };
}

/**
 * The groups with what the text means in them, nearest first. Users come before all else as soon as the name or the id of
 * one of them begins with the text; those found by other means, such as letters inside of a name, come last.
 */
export function arranged<C extends Choice>(text: string, groups: ReadonlyArray<ChoiceGroup<C>>): Array<ChoiceGroup<C>> {
  return groups
    .map((group) => ranked(text, group))
    .filter(({ group }) => group.choices.length > 0)
    .sort((one, other) => one.rank - other.rank)
    .map(({ group }) => group);
}
