import { describe, expect, test } from "vitest";
import { arranged, type Choice, type ChoiceGroup, closeness } from "./rank";

const own = (label: string, ...labels: string[]): ChoiceGroup => ({
  label,
  kind: "own",
  choices: labels.map((text) => ({ key: text, label: text })),
});
const user = (userId: string, name: string): Choice => ({ key: userId, label: name, keywords: [userId] });
const users = (...choices: Choice[]): ChoiceGroup => ({ label: "Users", kind: "users", choices });
const order = (text: string, ...groups: ChoiceGroup[]) =>
  arranged(text, groups).flatMap((group) => group.choices.map((choice) => choice.label));

const pages = own("Pages", "Users", "Bans", "Audit log", "Webhooks", "Server API reference");
const actions = own("Actions", "Ban a user…", "Unban a user…", "Switch to Production");
const look = own("Console", "Theme: light", "Theme: dark");

describe("what a text means", () => {
  test.each([
    ["audit log", "Audit log", 0],
    ["aud", "Audit log", 1],
    ["log", "Audit log", 2],
    ["log aud", "Audit log", 2],
    ["ban", "Unban a user…", null],
    ["em", "Theme: dark", null],
    ["emma", "Theme: dark", null],
    ["rui", "Switch to Production", null],
    ["ana", "Server API reference", null],
    ["", "Audit log", null],
    ["…", "Audit log", null],
    ["PRÓD", "Switch to Production", 2],
    ["orsted", "Ørsted", 0],
    ["oconn", "Liam O’Connor", 2],
    ["donald", "Isla MacDonald", 2],
  ])("“%s” and “%s”: %s", (text, label, expected) => {
    expect(closeness(text, { label })).toBe(expected);
  });

  test("a keyword is further away than the label", () => {
    expect(closeness("openapi", { label: "Server API reference", keywords: ["openapi", "docs"] })).toBe(3);
    expect(closeness("api docs", { label: "Server API reference", keywords: ["openapi", "docs"] })).toBe(3);
  });
});

describe("the order", () => {
  test("a user whose name or id begins with the text comes before every command", () => {
    const bandit = user("u1", "Bandit Ruiz");
    expect(order("ban", pages, actions, look, users(bandit))).toEqual(["Bandit Ruiz", "Bans", "Ban a user…"]);
    expect(order("audit log", pages, users(user("audit log", "Robot")))[0]).toBe("Robot");
    expect(order("theme", look, users(user("theme-tester", "Zoe")))[0]).toBe("Zoe");
    expect(order("users", pages, users(user("x", "Frank Usersen")))[0]).toBe("Frank Usersen");
  });

  test.each(["mateo", "MATEO", "rossi", "ross mat", "mateo.rossi", "mateo."])(
    "“%s” finds Mateo Rossi first",
    (text) => {
      const found = users(user("mateo.rossi", "Mateo Rossi"));
      expect(order(text, pages, actions, look, found)[0]).toBe("Mateo Rossi");
    },
  );

  test("a user found by letters inside of the name gives way to a command with that word", () => {
    expect(order("theme", pages, look, users(user("x1", "Anthemer")))).toEqual([
      "Theme: light",
      "Theme: dark",
      "Anthemer",
    ]);
    expect(order("娜", pages, look, users(user("x2", "李娜")))).toEqual(["李娜"]);
  });

  test("the users keep the order of the search, and nothing that does not match stands beside them", () => {
    const found = users(user("emma", "Emma"), user("emma.johnson", "Emma Johnson"), user("gemma", "Gemma"));
    expect(order("emma", pages, actions, look, found)).toEqual(["Emma", "Emma Johnson", "Gemma"]);
  });

  test("a group whose name begins with the text comes before a command that has it as a later word", () => {
    const groups: ChoiceGroup = { label: "Groups", kind: "found", choices: [{ key: "g", label: "Production crew" }] };
    expect(order("production", actions, groups)).toEqual(["Production crew", "Switch to Production"]);
  });

  test("commands: the nearest first, then as they stand", () => {
    expect(order("a", own("Pages", "Chat about", "App Keys", "Audit log"))).toEqual([
      "App Keys",
      "Audit log",
      "Chat about",
    ]);
    expect(order("user", pages, actions)).toEqual(["Users", "Ban a user…", "Unban a user…"]);
  });

  test("nothing matches: nothing is there to be chosen", () => {
    expect(order("quux", pages, actions, look, users())).toEqual([]);
  });
});
