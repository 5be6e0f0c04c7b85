import { createGroup } from "../groups/create-group";
import type { Scenario } from "./scenario";

const GROUP = { groupId: "=|@.-_+", name: "多语言 · متعدد اللغات · 🌍" };

/** Names as people have them and as testers fear them; ids of every character that an id may have. */
const NAMES: ReadonlyArray<readonly [userId: string, name: string]> = [
  ["arabic", "فاطمة الزهراء"],
  ["hebrew", "דוד כהן"],
  ["mixed-directions", "Noor نور (admin)"],
  ["chinese", "陈伟"],
  ["japanese", "田中 浩"],
  ["korean", "김민준"],
  ["thai", "สมชาย ใจดี"],
  ["hindi", "प्रिया शर्मा"],
  ["cyrillic", "Ольга Петрова"],
  ["turkish-i", "İIıi Yılmaz"],
  ["german-ss", "Groß, STRASSE"],
  ["composed", "Zoë Åström"],
  ["decomposed", "Zoe\u0308 A\u030astro\u0308m"],
  ["emoji", "🦜 Party 👩‍👩‍👧‍👦 🇰🇪"],
  ["many-marks", "Z\u0351\u036b\u0343a\u0334\u0348l\u0321\u034ag\u0322\u0321o\u0321"],
  ["zero-width", "in\u200bvis\u200dible"],
  ["markup", "<b>Bold</b> & \"quoted\" 'twice'"],
  ["wildcards", "100%_\\ sure*"],
  ["longest", "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenh"],
  ["=|@.-_+", "Odd ID"],
  ["i".repeat(64), "Longest ID"],
];

export const unicode: Scenario = {
  people: NAMES.map(([userId, name]) => ({ userId, name })),
  groups: [GROUP],
  async play({ app, at }) {
    await createGroup(at(0), app, { ...GROUP, ownerId: "arabic", userIds: ["chinese", "emoji", "=|@.-_+"] });
  },
};
