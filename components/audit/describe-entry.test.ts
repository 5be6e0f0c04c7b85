import { describe, expect, it } from "vitest";
import { AUDIT_ACTIONS } from "@/lib/core/audit/schema";
import { type DescribedEntry, describeEntry } from "./describe-entry";

const alice = { kind: "user", id: "alice", name: "Alice Liddell" };

const entry = (fields: Partial<DescribedEntry>): DescribedEntry => ({
  actor: { kind: "operator", id: "op-1", name: "Ana" },
  action: "user.banned",
  words: "banned",
  target: alice,
  before: null,
  after: null,
  result: "ok",
  ...fields,
});

const sentence = (fields: Partial<DescribedEntry>) => {
  const { actor, verb, target, suffix } = describeEntry(entry(fields));
  return [actor, verb, target?.text, suffix].filter(Boolean).join(" ");
};

describe("the sentence of an audit entry", () => {
  it("says who banned whom and for how long", () => {
    expect(sentence({ after: { minutes: 10_080, reason: "spam" } })).toBe("Ana banned alice for 7 days");
  });

  it("tells the change of a ban from a ban", () => {
    const changed = (bannedUntil: string) =>
      sentence({ before: { bannedUntil: "2026-12-01T19:42:00.000Z" }, after: { bannedUntil, minutes: 11_520 } });
    expect(changed("2026-12-08T19:42:00.000Z")).toBe("Ana changed the ban of alice (ends 7 days later)");
    expect(changed("2026-12-01T18:42:00.000Z")).toBe("Ana changed the ban of alice (ends 1 hour earlier)");
    expect(changed("2026-12-01T19:42:00.000Z")).toBe("Ana changed the ban of alice (ends as before)");
  });

  it("names a user by id, everything else by its name at the time", () => {
    expect(sentence({ action: "user.unbanned", words: "unbanned" })).toBe("Ana unbanned alice");
    expect(
      sentence({
        action: "app.created",
        words: "created the app",
        target: { kind: "app", id: "app-1", name: "Shop" },
        after: {},
      }),
    ).toBe("Ana created the app Shop");
  });

  it("says of an attack how often and where from, and not that it was refused, as it always is", () => {
    expect(
      sentence({
        actor: { kind: "system", id: "console", name: "Someone" },
        action: "security.links_guessed",
        words: AUDIT_ACTIONS["security.links_guessed"],
        target: { kind: "operator", id: "", name: "this console" },
        after: { count: 1_000, from: "203.0.113.9" },
        result: "link_invalid",
      }),
    ).toBe(
      "Someone tried one-time links that were never made at this console (1,000 within an hour, from 203.0.113.9)",
    );
  });

  it("says what a role and a plan were and became", () => {
    expect(
      sentence({
        action: "operator.role_changed",
        words: "changed the role of",
        target: { kind: "operator", id: "op-2", name: "Bo" },
        before: { role: "viewer" },
        after: { role: "admin" },
      }),
    ).toBe("Ana changed the role of Bo from viewer to admin");
  });

  it("says what was added to a list and taken from it, and counts other settings without the note", () => {
    const settings = { action: "settings.changed" as const, words: "changed the chat settings of" };
    const shop = { kind: "settings", id: "k", name: "Shop development" };
    const keys = { before: { profileKeys: ["ext_old"] }, after: { profileKeys: ["ext_team (Team)"], note: "why" } };
    expect(sentence({ ...settings, target: shop, ...keys })).toBe(
      "Ana changed the chat settings of Shop development (added ext_team (Team), removed ext_old)",
    );
    const two = { before: { a: false, b: 1 }, after: { a: true, b: 2, note: "why" } };
    expect(sentence({ ...settings, target: shop, ...two })).toBe(
      "Ana changed the chat settings of Shop development (2 settings)",
    );
    const tags = { before: { tags: [] }, after: { tags: ["vip"] } };
    expect(sentence({ action: "user.tags_changed", words: "changed the tags of", ...tags })).toBe(
      "Ana changed the tags of alice (added vip)",
    );
  });

  it("says in which group a membership began, ended or changed", () => {
    const act = (action: string, words: string, fields: Partial<DescribedEntry>) =>
      sentence({ action, words, ...fields });
    expect(act("group.left", "ended the group membership of", { before: { group: "team-7" } })).toBe(
      "Ana ended the group membership of alice in team-7",
    );
    expect(
      act("group.role_changed", "changed the group role of", {
        before: { group: "team-7", role: "member" },
        after: { group: "team-7", role: "admin" },
      }),
    ).toBe("Ana changed the group role of alice in team-7 from member to admin");
  });

  it("names friends and blocked users, the first few of many", () => {
    const words = "removed friends of";
    expect(sentence({ action: "friend.removed", words, before: { friends: ["bob"] } })).toBe(
      "Ana removed friends of alice (bob)",
    );
    expect(sentence({ action: "friend.removed", words, before: { friends: ["a", "b", "c", "d", "e"] } })).toBe(
      "Ana removed friends of alice (a, b, c and 2 more)",
    );
    expect(sentence({ action: "friend.added", words: "added a friend to", after: { friend: "bob" } })).toBe(
      "Ana added a friend to alice (bob)",
    );
    expect(sentence({ action: "friend.all_removed", words: "removed all friends of", before: { friends: 12 } })).toBe(
      "Ana removed all friends of alice (12 friends)",
    );
    expect(
      sentence({ action: "blocklist.added", words: "blocked users for", after: { blocked: ["bob", "cat"] } }),
    ).toBe("Ana blocked users for alice (bob, cat)");
    expect(sentence({ action: "user.direct_muted", words: "muted", after: {} })).toBe(
      "Ana muted alice in direct channels",
    );
  });

  it("does not repeat the actor as target", () => {
    expect(sentence({ action: "operator.signed_in", words: "signed in" })).toBe("Ana signed in");
  });

  it("does not claim that a refused act happened", () => {
    expect(sentence({ result: "forbidden", after: { minutes: 5 } })).toBe("Ana was refused: banned alice");
    const refusal = { action: "access.refused", words: AUDIT_ACTIONS["access.refused"], result: "forbidden" };
    expect(sentence({ ...refusal, after: { permission: "keys.reveal" } })).toBe(
      "Ana was refused access to alice (keys.reveal)",
    );
  });

  it("still says something of an action it does not know", () => {
    expect(sentence({ action: "tag.added", words: "tag.added" })).toBe("Ana tag.added alice");
  });
});
