import { describe, expect, test } from "vitest";
import type { HostedProfile } from "@/lib/core/profiles/schema";
import {
  changedTexts,
  changeInput,
  draftsFromJson,
  extendedJson,
  savedTexts,
  withExtended,
} from "./hosted-profile-draft";
import { problemsOf } from "./hosted-profile-problems";

const profile: HostedProfile = {
  userId: "alice",
  version: 1,
  userProfile: { name: "Al", gender: 0 },
  userExtProfile: { ext_team: "red", ext_old: "kept" },
};
const saved = savedTexts(profile);
const declared = [{ key: "ext_team" }, { key: "ext_rank" }];

describe("the draft of a hosted profile", () => {
  test("what was typed and put back is no change; clearing and setting are", () => {
    const drafts = { name: "Al", gender: "", ext_team: "blue", email: "" };
    expect(changedTexts(saved, drafts)).toEqual({ gender: "", ext_team: "blue" });
    expect(changeInput(changedTexts(saved, drafts))).toEqual({
      userProfile: { gender: "" },
      userExtProfile: { ext_team: "blue" },
    });
    expect(changeInput({ name: "x" })).toEqual({ userProfile: { name: "x" } });
  });

  test("each refused key has its message, by the rules of the core", () => {
    expect(
      problemsOf({ name: "n".repeat(65), level: "101", role: "high", ext_old: "new", ext_rank: "7" }, declared),
    ).toEqual({
      name: "Must have at most 64 characters.",
      level: "Must be a whole number from 0 to 100.",
      role: "Must be a number.",
      ext_old: expect.stringContaining("not declared"),
    });
  });
});

describe("extended keys as JSON", () => {
  const known = ["ext_team", "ext_old", "ext_rank"];
  const changes = (json: string) => {
    const read = draftsFromJson(json, known);
    return "drafts" in read ? changedTexts(saved, read.drafts) : read.problem;
  };

  test("read back as they were written they change nothing", () => {
    expect(changes(extendedJson(saved))).toEqual({});
    expect(changes(extendedJson({ ...saved, ext_rank: 'a "quoted"\n7' }))).toEqual({ ext_rank: 'a "quoted"\n7' });
  });

  test("a key that is left out is cleared, one that is added is set, whether it is declared or not", () => {
    expect(changes('{"ext_old":"kept","ext_new":"x"}')).toEqual({ ext_team: "", ext_new: "x" });
  });

  test("a key that was typed and taken out again is no draft any more; basic drafts stay", () => {
    const drafts = { name: "New", ext_typo: "x", ext_team: "blue" };
    expect(withExtended(drafts, { ext_team: "red" })).toEqual({ name: "New", ext_team: "red" });
  });

  test("what is no object of texts is told and changes nothing", () => {
    expect(changes("{")).toMatch(/not JSON/);
    expect(changes("[]")).toMatch(/JSON object/);
    expect(changes("null")).toMatch(/JSON object/);
    expect(changes('{"ext_team":7}')).toMatch(/ext_team must be text/);
    expect(changes('{"name":"x"}')).toMatch(/basic key/);
  });
});
