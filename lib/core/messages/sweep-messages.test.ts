import { beforeEach, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { appUserOf } from "@/test/support/app-users";
import { createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import type { Context } from "../context";
import { fetchInbox } from "./fetch-inbox";
import { periodOf, slotOf } from "./retention";
import { MESSAGE_RETENTION_MS } from "./schema";
import { sendDirectMessage } from "./send-direct-message";
import { sweepMessages } from "./sweep-messages";

const context = testContext();
const DAY_MS = 86_400_000;
const MONDAY = periodOf(Date.now()) * MESSAGE_RETENTION_MS;

/** The clock of this test alone; a moment of the week, in days from its beginning. */
let now = MONDAY;
const at = (): Context => ({ ...context(), now: () => now });

let environment: EnvironmentRef;
beforeEach(async () => {
  await context().owner.query("TRUNCATE messages, inbox_entries");
  await context().db.pool.query("UPDATE message_slots SET period = 0");
  environment = (await createTestApp(context())).production.ref;
  await insertTestUsers(context(), environment, [{ userId: "alice" }, { userId: "bob" }]);
});

const send = async (days: number) => {
  now = MONDAY + days * DAY_MS;
  const input = { toUserId: "bob", messageType: "APP:Day", content: `day ${days}` };
  await sendDirectMessage(at(), appUserOf(environment, "alice"), input);
};
const inbox = async () =>
  (await fetchInbox(at(), appUserOf(environment, "bob"), { cursor: 0 })).messages.map(({ content }) => content);
const stored = () => context().db.prisma.message.count({ where: { environmentId: environment.id } });

test("a message is gone after exactly seven days, whenever its slot is emptied", async () => {
  await send(1);
  now += MESSAGE_RETENTION_MS;
  expect(await inbox()).toEqual(["day 1"]);
  now += 1;
  expect(await inbox()).toEqual([]);
  expect(await stored()).toBe(1);
});

test("through four weeks, nothing that is kept is ever swept away, and no more than two weeks lie around", async () => {
  for (let day = 0; day < 28; day += 1) {
    await send(day);
    await sweepMessages(at());
    const kept = Array.from({ length: Math.min(day + 1, 8) }, (_, n) => `day ${day - Math.min(day, 7) + n}`);
    expect(await inbox()).toEqual(kept);
    expect(await stored()).toBeLessThanOrEqual(14);
  }
});

test("where nobody swept for weeks, a slot that is in use again is left alone with what is old in it", async () => {
  await send(0);
  await send(21);
  expect(slotOf(periodOf(now))).toBe(slotOf(periodOf(MONDAY)));
  expect(await sweepMessages(at())).toBe(0);
  expect(await inbox()).toEqual(["day 21"]);
  expect(await stored()).toBe(2);
});

test("two sweepers at once and senders beside them lose nothing", async () => {
  await send(0);
  now = MONDAY + 21 * DAY_MS;
  const elsewhere = openDatabase({ url: context().url, poolSize: 4 });
  try {
    const other = { ...at(), db: elsewhere };
    await Promise.all([sweepMessages(at()), sweepMessages(other), ...Array.from({ length: 20 }, () => send(21))]);
    expect(await inbox()).toHaveLength(20);
  } finally {
    await elsewhere.close();
  }
});

test("a reader who takes long puts the sweep off and does not hold up others", async () => {
  await send(0);
  now = MONDAY + 15 * DAY_MS;
  const reader = await context().db.pool.connect();
  try {
    await reader.query("BEGIN");
    await reader.query("SELECT count(*) FROM messages");
    expect(await sweepMessages(at())).toBe(0);
    expect(await stored()).toBe(1);
    await send(15);
    expect(await inbox()).toEqual(["day 15"]);
  } finally {
    await reader.query("COMMIT");
    reader.release();
  }
  expect(await sweepMessages(at())).toBe(1);
  expect(await stored()).toBe(1);
});
