import { describe, expect, test, vi } from "vitest";
import { cameBackWords, comesBackWords, restoreRefusalWords } from "./restore-words";

const user = { userId: "alice", groups: 0, bannedUntil: null };

describe("what is said after a restore", () => {
  test("of one user: what applies again, and what does not come back", () => {
    expect(cameBackWords([user])).toBe(
      "The ID can be used again. The user has no name or token until your app server registers them again.",
    );
    expect(cameBackWords([{ ...user, groups: 1, bannedUntil: new Date() }])).toBe(
      "The ID can be used again. 1 group membership applies again. The ban still runs. The user has no name or token until your app server registers them again.",
    );
  });

  test("before it, of one user: how many memberships, and which ban", () => {
    expect(comesBackWords({ count: 3, capped: false }, "3 May 2026, 12:00")).toEqual([
      "3 group memberships apply again.",
      "The ban runs on until 3 May 2026, 12:00.",
    ]);
    expect(comesBackWords({ count: 1, capped: false }, null)).toEqual([
      "1 group membership applies again.",
      "No ban is running.",
    ]);
    expect(comesBackWords({ count: 0, capped: false }, null)[0]).toBe("No group membership comes back.");
  });

  test("of several users: the sums", () => {
    const words = cameBackWords([user, { ...user, groups: 3 }, { ...user, groups: 2, bannedUntil: new Date() }]);
    expect(words).toContain("5 group memberships apply again. 1 ban still runs. They have no names");
  });

  test("of one who was too early: from when it is possible", () => {
    vi.stubGlobal("navigator", { language: "en-GB" });
    vi.stubGlobal("localStorage", { getItem: () => "utc" });
    const possibleFrom = new Date("2026-05-03T10:00:00Z");
    expect(restoreRefusalWords({ code: "user_restore_too_early", possibleFrom })).toContain("3 May 2026, 10:00.");
  });
});
