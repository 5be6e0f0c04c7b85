/**
 * How the product reads names when it searches, on both sides: what is stored of a name, and what an operator types. Case,
 * accents, width, punctuation and the way a letter is composed do not count. All of it follows Unicode's rules, by the tables of
 * this process; the database compares bytes and its locale says nothing (docs/decisions/0065-search-by-folded-words.md).
 */

/** Words of one name that are kept, those that follow from others included. */
const MAX_WORDS = 24;
/** Characters of one word that are kept. */
const MAX_WORD = 32;
/** Characters of a search name: some letters unfold into many. */
const MAX_SEARCH_NAME = 256;

/** Signs within a word, which may as well be left out: O'Connor, O’Connor, l·l, צ׳. */
const JOINING = "'’‘‛ʼʻʹ`´′＇׳״·";
const JOINED = new RegExp(`(?<=[\\p{L}\\p{M}\\p{N}])[${JOINING}](?=[\\p{L}\\p{N}])`, "gu");
const IGNORED = /\p{Default_Ignorable_Code_Point}/gu;
const SYMBOL = /\p{Extended_Pictographic}/u;
const SYMBOLS = /(?=[^\p{L}\p{M}\p{N}])\p{Extended_Pictographic}/gu;
/** Between the parts of a word, which is found by each of them. */
const PART = "|";
const SEPARATORS = new RegExp(`(?:[^\\p{L}\\p{M}\\p{N}\\p{Extended_Pictographic}|]|[${JOINING}])+`, "gu");
const INNER_CAPITAL = /(?<=\p{Ll}\p{M}*)(?=[\p{Lu}\p{Lt}])/gu;

/**
 * Accents and points that people leave out: of Latin, Greek and Cyrillic letters, of Hebrew and Arabic. In other scripts a mark is
 * a vowel or makes another letter, as in Thai, Devanagari and か/が, and stays.
 */
const ACCENTS =
  /(?=\p{M})(?![\u3099\u309a])[\p{sc=Zinh}\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}]/gu;

/** Scripts in which names stand without spaces between their parts. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Hang}\p{sc=Thai}\p{sc=Laoo}\p{sc=Khmr}\p{sc=Mymr}\p{sc=Tibt}]/u;
const MARK = /\p{M}/u;

/** Names of one or two plain words, as most are: registrations wait for this. */
const SIMPLE = /^[A-Za-z0-9][a-z0-9]{0,31}(?: [A-Za-z0-9][a-z0-9]{0,31})?$/;
const ASCII = /^[\0-\x7f]*$/;
const LATIN = /(?=[^\0-\x7f])\p{sc=Latn}/gu;

/**
 * The words of a text in their order, as both names and searches have them: "María O’Connor" gives maria, oconnor. Idempotent.
 * Emoji are words; other signs part words.
 */
export function searchWords(text: string): string[] {
  return tokensOf(text).map(wordOf);
}

/** The different words of a search, without those that follow: a name with a word that begins with "ana" has one that begins with "an". */
export function withoutImplied(words: readonly string[]): string[] {
  const distinct = [...new Set(words)];
  return distinct.filter((word) => !distinct.some((other) => other !== word && other.startsWith(word)));
}

/** Whether each word of what is typed begins a word of a text that is in no index, or a part of one, as of names. Nothing typed begins nothing. */
export function beginsWordsOf(typed: string, text: string): boolean {
  const asked = searchWords(typed);
  if (asked.length === 0) return false;
  const all = [...searchWords(text), ...searchName(text).split(" ")];
  return asked.every((part) => all.some((word) => word.startsWith(part)));
}

/** A text as it is compared whole: its words, with one space between. */
export const foldedText = (text: string): string => searchWords(text).join(" ");

/**
 * What is stored of a name: its different words in their order, then those that it can be found by as well, with spaces between:
 * "Isla MacDonald" is "isla macdonald donald", "李娜" is "李娜 娜". "" for a name without letters.
 */
export function searchName(name: string): string {
  if (SIMPLE.test(name)) {
    const words = name.toLowerCase().split(" ");
    if (words.length === 1 || (words.length === 2 && words[0] !== words[1])) return words.join(" ");
  }
  const tokens = tokensOf(name);
  const plain = ASCII.test(name);
  const symbols = plain ? [] : tokens.filter((token) => SYMBOL.test(token));
  const words = symbols.length === 0 ? tokens : tokens.filter((token) => !SYMBOL.test(token));
  const all = new Set(words.map(wordOf));
  for (const symbol of symbols) all.add(symbol);
  for (const word of words) {
    if (!plain || word.includes(PART)) for (const part of laterParts(word)) all.add(part);
  }
  return joinWords(all);
}

function joinWords(words: ReadonlySet<string>): string {
  let joined = "";
  let count = 0;
  for (const word of words) {
    count += 1;
    if (count > MAX_WORDS || joined.length + word.length >= MAX_SEARCH_NAME) break;
    joined += joined === "" ? word : ` ${word}`;
  }
  return joined;
}

const wordOf = (token: string) => cut(token.includes(PART) ? token.replaceAll(PART, "") : token);

function cut(word: string): string {
  return word.length <= MAX_WORD ? word : [...word].slice(0, MAX_WORD).join("");
}

/** Folded words, with `PART` before each part of a word by which it can be found. */
function tokensOf(text: string): string[] {
  return (ASCII.test(text) ? foldAscii(text) : foldAny(text)).split(" ").filter((token) => /[^|]/.test(token));
}

/** The same as `foldAny`, in a tenth of the time: registrations wait for it. */
function foldAscii(text: string): string {
  const joined = text.replace(/[^A-Za-z0-9'`]+/g, " ").replace(/(?<=[A-Za-z0-9])['`](?=[A-Za-z0-9])/g, PART);
  return joined
    .replace(/['`]/g, " ")
    .replace(/(?<=[a-z])(?=[A-Z])/g, PART)
    .toLowerCase();
}

function foldAny(text: string): string {
  // NFKC makes a space of an acute accent that stands for an apostrophe.
  const unfolded = text.replaceAll("´", "'").replace(IGNORED, "").normalize("NFKC").replaceAll(PART, " ");
  const plain = unfolded.replace(JOINED, PART).replace(SYMBOLS, " $& ").replace(SEPARATORS, " ");
  return foldLetters(plain.replace(INNER_CAPITAL, PART)).replace(SEPARATORS, " ");
}

/** "mac|donald" is found by "donald" too, "李娜" by "娜". */
function laterParts(token: string): string[] {
  const parts = token.split(PART);
  const ends = parts.slice(1).flatMap((part, index) => {
    const end = parts.slice(index + 1).join("");
    // The s of "Anna's" is no name.
    return part.length > 1 ? [cut(end)] : [];
  });
  if (ASCII.test(token)) return ends;
  const letters = [...parts.join("")];
  for (let at = 1; at < letters.length; at += 1) {
    const [before, letter] = [letters[at - 1] ?? "", letters[at] ?? ""];
    if (!MARK.test(letter) && (UNSPACED.test(letter) || UNSPACED.test(before)))
      ends.push(cut(letters.slice(at).join("")));
  }
  return ends;
}

/** Full case folding, NFKC, and no accents, again until nothing changes. */
function foldLetters(text: string): string {
  let folded = text;
  for (let before = ""; before !== folded; ) {
    before = folded;
    const plain = foldCase(folded).normalize("NFKD").replace(ACCENTS, "");
    folded = plain.normalize("NFKC").replace(LATIN, baseLetter);
    if (ASCII.test(folded)) break;
  }
  return folded;
}

/**
 * Full case folding: up, then down, letter by letter, so that no neighbour decides (σ and ς). Tested against CaseFolding.txt. It joins
 * ı with i as well, and so "IŞIK" with "ışık", whatever the language.
 */
function foldCase(text: string): string {
  return Array.from(text, (letter) => letter.toUpperCase().toLowerCase()).join("");
}

const collator = new Intl.Collator("und", { sensitivity: "base" });
const BASES = [..."abcdefghijklmnopqrstuvwxyz", "ae", "oe"];
const baseLetters = new Map<string, string>();

/** ø is found by o, ł by l, æ by ae: Unicode does not decompose them, its collation has them under those letters. */
function baseLetter(letter: string): string {
  const known = baseLetters.get(letter);
  if (known !== undefined) return known;
  const base = BASES.find((base) => collator.compare(base, letter) === 0) ?? letter;
  baseLetters.set(letter, base);
  return base;
}
