import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS, SETTINGS, settingChangeText } from "@/lib/core/settings/facts";
import { changedKeys, isFound } from "./changes";
import { draftProblem } from "./draft-problem";

describe("changedKeys", () => {
  test("a draft that is back at the saved value is no change", () => {
    expect(changedKeys(DEFAULT_SETTINGS, { restrictDirectMessagingToFriends: true })).toEqual([
      "restrictDirectMessagingToFriends",
    ]);
    expect(changedKeys(DEFAULT_SETTINGS, { restrictDirectMessagingToFriends: false })).toEqual([]);
  });

  test("null is a value: from 24 hours to without end is a change", () => {
    const saved = { ...DEFAULT_SETTINGS, accessTokenValidityHours: 24 };
    expect(changedKeys(saved, { accessTokenValidityHours: null })).toEqual(["accessTokenValidityHours"]);
  });
});

describe("a list", () => {
  const saved = { ...DEFAULT_SETTINGS, profileKeys: [{ key: "ext_team", label: "Team" }] };

  test("that holds the same again is no change; another label is one", () => {
    expect(changedKeys(saved, { profileKeys: [{ key: "ext_team", label: "Team" }] })).toEqual([]);
    expect(changedKeys(saved, { profileKeys: [{ key: "ext_team" }] })).toEqual(["profileKeys"]);
    expect(changedKeys(saved, { profileKeys: [] })).toEqual(["profileKeys"]);
  });

  test("says what is added and removed", () => {
    const change = (after: typeof saved.profileKeys) => settingChangeText("profileKeys", saved.profileKeys, after);
    expect(change([...saved.profileKeys, { key: "ext_new", label: "" }])).toBe("added ext_new");
    expect(change([])).toBe("removed ext_team (Team)");
    expect(settingChangeText("restrictDirectMessagingToFriends", false, true)).toBe("On");
  });
});

describe("draftProblem", () => {
  test("an empty, broken or too large number of hours is named before it is sent", () => {
    for (const hours of [Number.NaN, 0, 1.5, 1e9]) {
      expect(draftProblem("accessTokenValidityHours", { accessTokenValidityHours: hours })).toMatch(/^Enter/);
    }
    expect(draftProblem("accessTokenValidityHours", { accessTokenValidityHours: null })).toBeUndefined();
    expect(draftProblem("accessTokenValidityHours", {})).toBeUndefined();
  });
});

describe("the search", () => {
  const found = (search: string) => SETTINGS.filter((setting) => isFound(search, setting)).map(({ key }) => key);

  test("finds by words of the label, the sentence and the key, in any order and case, from their beginnings", () => {
    expect(found("Direct friends RESTR")).toEqual(["restrictDirectMessagingToFriends"]);
    expect(found("web pages")).toEqual(["allowedOrigins"]);
    expect(found("samePlatformConnections")).toEqual(["samePlatformConnections"]);
    expect(found("validity hours")).toEqual(["accessTokenValidityHours"]);
    expect(found("")).toHaveLength(SETTINGS.length);
    expect(found("nothing like it")).toEqual([]);
  });
});
