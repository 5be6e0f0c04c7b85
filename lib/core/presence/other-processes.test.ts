import { afterEach, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { testContext } from "@/test/support/context";
import type { Context } from "../context";
import { beginCount, isAlone } from "./other-processes";
import { createPresenceNode, type PresenceNode } from "./presence-node";

const context = testContext();
const nodes: PresenceNode[] = [];
afterEach(async () => {
  for (const node of nodes.splice(0)) await node.stop();
});

async function beatingNode(own: Context): Promise<PresenceNode> {
  const node = createPresenceNode(own);
  nodes.push(node);
  // The first beat writes the node, the second one counts.
  await node.beat();
  await node.beat();
  return node;
}

test("a process that is no gateway never takes itself for alone", () => {
  const db = openDatabase({ url: context().url, poolSize: 1 });
  expect(isAlone(db)).toBe(false);
});

test("a gateway is alone until another one beats, and again when that one has gone", async () => {
  const db = openDatabase({ url: context().url, poolSize: 2 });
  const one = await beatingNode(context());
  expect(isAlone(context().db)).toBe(true);
  const two = await beatingNode({ ...context(), db });
  expect(isAlone(db)).toBe(false);
  await one.beat();
  expect(isAlone(context().db)).toBe(false);
  await two.stop();
  await one.beat();
  expect(isAlone(context().db)).toBe(true);
  await db.close();
});

test("whoever begins to follow messages is believed at once", async () => {
  await beatingNode(context());
  expect(isAlone(context().db)).toBe(true);
  await context().bus.publish({ type: "messages.followed", environmentId: 1 });
  await expect.poll(() => isAlone(context().db), { interval: 1, timeout: 1_000 }).toBe(false);
});

test("a count during which somebody arrived says nothing, and each count is forgotten in time", async () => {
  await beatingNode(context());
  const counted = beginCount(context().db);
  await context().bus.publish({ type: "messages.followed", environmentId: 1 });
  await expect.poll(() => isAlone(context().db), { interval: 1, timeout: 1_000 }).toBe(false);
  counted(1, 60_000);
  expect(isAlone(context().db)).toBe(false);
  beginCount(context().db)(1, 50);
  expect(isAlone(context().db)).toBe(true);
  await expect.poll(() => isAlone(context().db), { interval: 5, timeout: 1_000 }).toBe(false);
});
