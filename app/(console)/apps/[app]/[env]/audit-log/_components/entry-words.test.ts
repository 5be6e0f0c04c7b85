import { expect, test } from "vitest";
import { AUDIT_ACTIONS, type AuditAction } from "@/lib/core/audit/schema";
import { ACTION_LABELS, actionGroup } from "./entry-words";

const actions = Object.keys(AUDIT_ACTIONS) as AuditAction[];

test("each action has words of its own, so that none needs its area or a sentence to be understood", () => {
  const words = actions.map((action) => ACTION_LABELS[action]);
  expect(new Set(words).size).toBe(actions.length);
  expect(words.filter((word) => !/^\p{Lu}.* /u.test(word))).toEqual([]);
});

test("each action stands in an area with a name", () => {
  const unnamed = actions.filter((action) => !/^\p{Lu}/u.test(actionGroup(action)));
  expect(unnamed).toEqual([]);
});
