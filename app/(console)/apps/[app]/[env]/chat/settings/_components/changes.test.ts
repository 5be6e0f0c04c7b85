import { describe, expect, test } from "vitest";
import { DEFAULT_SETTINGS } from "@/lib/core/settings/schema";
import { changedKeys, draftProblem } from "./changes";

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

describe("draftProblem", () => {
  test("an empty, broken or too large number of hours is named before it is sent", () => {
    for (const hours of [Number.NaN, 0, 1.5, 1e9]) {
      expect(draftProblem("accessTokenValidityHours", { accessTokenValidityHours: hours })).toMatch(/^Enter/);
    }
    expect(draftProblem("accessTokenValidityHours", { accessTokenValidityHours: null })).toBeUndefined();
    expect(draftProblem("accessTokenValidityHours", {})).toBeUndefined();
  });
});
