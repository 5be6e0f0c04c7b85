import { expect, test } from "vitest";
import type { ActionResult } from "@/lib/console/action-result";
import { runInChunks } from "./run-in-chunks";

const done: ActionResult<null> = { ok: true, data: null };
const refusal = (code: "internal" | "forbidden"): ActionResult<null> => ({
  ok: false,
  error: { code, message: `Refused: ${code}.`, requestId: "r1" },
});

test("a partly refused call is told user by user, never as done", async () => {
  const result = await runInChunks({
    userIds: ["a", "b", "c"],
    size: 2,
    call: async (userIds) => ({ ok: true as const, data: userIds }),
    refused: (_, userIds) => (userIds.includes("b") ? [{ userId: "b", reason: "does not exist" }] : []),
  });
  expect(result).toMatchObject({
    ok: true,
    data: { done: ["a", "c"], failed: [{ userId: "b", reason: "does not exist" }] },
  });
});

test("a call that fails for a passing reason fails its own users and the next is tried", async () => {
  const tried: string[][] = [];
  const result = await runInChunks({
    userIds: ["a", "b", "c"],
    size: 1,
    call: async (userIds) => {
      tried.push(userIds);
      return userIds[0] === "b" ? refusal("internal") : done;
    },
    refused: () => [],
  });
  expect(tried).toEqual([["a"], ["b"], ["c"]]);
  expect(result).toMatchObject({ ok: true, data: { done: ["a", "c"], failed: [{ userId: "b" }] } });
});

test("after a refusal that will not change the rest is not tried, and says so", async () => {
  let calls = 0;
  const result = await runInChunks({
    userIds: ["a", "b", "c"],
    size: 1,
    call: async () => {
      calls += 1;
      return calls === 1 ? done : refusal("forbidden");
    },
    refused: () => [],
  });
  expect(calls).toBe(2);
  expect(result.ok && result.data.failed.map((failure) => failure.userId)).toEqual(["b", "c"]);
});

test("when every call was refused the refusal is the answer", async () => {
  const result = await runInChunks({
    userIds: ["a", "b"],
    size: 1,
    call: async () => refusal("forbidden"),
    refused: () => [],
  });
  expect(result).toMatchObject({ ok: false, error: { code: "forbidden" } });
});
