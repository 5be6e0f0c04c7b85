import { describe, expect, test } from "vitest";
import { formText, seenText } from "./text";
import { isSeen } from "./text-rules";

describe("what operators call things", () => {
  const Name = formText({ min: 1, max: 64, missing: "Enter a name." });
  const problemOf = (text: string) => Name.safeParse(text).error?.issues[0]?.message;

  test.each([
    ["the order turned", "Shop \u202eevil"],
    ["an isolate", "\u2066Shop\u2069"],
    ["a mark of direction", "Shop\u200f"],
    ["no width", "Sh\u200bop"],
    ["a byte order mark inside", "Sh\ufeffop"],
    ["a soft hyphen", "Sh\u00adop"],
    ["a filler that looks like a blank", "Sh\u3164op"],
    ["text in tags", "Shop\u{e0068}\u{e0069}"],
    ["an escape", "\u001b[31mShop"],
    ["a backspace", "Shop\b"],
    ["a line separator", "Shop\u2028Shop"],
  ])("contain nothing that nobody sees: %s", (_what, text) => {
    expect(problemOf(text)).toBe("Contains an invisible character. Type the text again.");
    expect(isSeen(text)).toBe(false);
    expect(seenText(64).safeParse(text).success).toBe(false);
  });

  test.each([
    "Läden & Söhne",
    "متجر",
    "می‌خواهم",
    "❤️ shop",
    "👩‍👩‍👧 family",
    "葛\u{e0100}城",
    "a\nb\tc",
    "½ — “quotes”",
  ])("are words of any script, emoji among them: %s", (text) => {
    expect(problemOf(text)).toBeUndefined();
    expect(seenText(64).safeParse(text).success).toBe(true);
  });

  test.each(["", "   ", "\u200d", " \u200c\ufe0f "])("are not blank: %j", (text) => {
    expect(problemOf(text)).toBe("Enter a name.");
  });

  test("a password is taken as it is typed", () => {
    const Password = formText({ min: 1, max: 64, missing: "Enter a password.", blanks: true });
    expect(Password.parse(" \u200b\u202e ")).toBe(" \u200b\u202e ");
  });
});
