import { expect, test } from "vitest";
import { addressProblem, webhookChanges } from "./webhook-changes";

const saved = { url: "https://example.com/a", events: ["user:friendship", "quota:threshold"] as const };

test("the review lists the address and each event that changes, and nothing else", () => {
  expect(
    webhookChanges(saved, { url: " https://example.com/a ", events: ["quota:threshold", "user:friendship"] }),
  ).toEqual([]);
  expect(webhookChanges(saved, { url: "", events: ["user:friendship", "user:activation_state"] })).toEqual([
    { label: "Address", now: "https://example.com/a", next: "None (nothing is sent)" },
    { label: "user:activation_state", now: "Not sent", next: "Sent" },
    { label: "quota:threshold", now: "Sent", next: "Not sent" },
  ]);
});

test("an address is looked at before it is sent, and none is allowed", () => {
  expect(addressProblem("  ")).toBeUndefined();
  expect(addressProblem(" https://example.com ")).toBeUndefined();
  expect(addressProblem("example.com")).toMatch(/^Enter a full address/);
});
