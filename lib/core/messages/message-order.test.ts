import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { transactionOn } from "@/lib/db/transaction";
import { appUserOf } from "@/test/support/app-users";
import { createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import type { Context } from "../context";
import { fetchInbox } from "./fetch-inbox";
import type { NewMessage } from "./message";
import { storeMessages } from "./message-store";
import { sendDirectMessage } from "./send-direct-message";
import { storeMessage } from "./store-message";

/** Numbers become visible in their order, however long the transactions take that give them out. */

const context = testContext();
let elsewhere: Context;

beforeAll(() => {
  elsewhere = { ...context(), db: openDatabase({ url: context().url, poolSize: 5 }) };
});
afterAll(() => elsewhere.db.close());

async function prepared(): Promise<EnvironmentRef> {
  const { production } = await createTestApp(context());
  await insertTestUsers(context(), production.ref, [{ userId: "alice" }, { userId: "bob" }]);
  return production.ref;
}

const times = () => ({ now: context().now(), real: context().now() });

const messageOf = (environment: EnvironmentRef, content: string, clientKey: string | null = null): NewMessage => ({
  environmentId: environment.id,
  kind: "direct",
  senderId: "alice",
  messageType: "APP:T",
  content,
  options: null,
  sentAt: context().now(),
  persisted: true,
  copies: [{ targetId: "bob", userIds: ["bob", "alice"] }],
  clientKey,
  connectionId: "",
});

const send = (environment: EnvironmentRef, content: string) =>
  sendDirectMessage(elsewhere, appUserOf(environment, "alice"), { toUserId: "bob", messageType: "APP:T", content });

const inbox = async (environment: EnvironmentRef) =>
  (await fetchInbox(context(), appUserOf(environment, "bob"), { cursor: 0 })).messages.map(({ content }) => content);

const waitingForLock = async () =>
  (
    await context().db.pool.query(
      "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
    )
  ).rowCount;

test("whoever stores later waits until the earlier ones are visible", async () => {
  const environment = await prepared();
  // The first message of a week also claims the week's slot, which is not what is waited for here.
  await send(environment, "before");
  let later: Promise<unknown> = Promise.resolve();
  await transactionOn(context().db.pool, async (run) => {
    await storeMessages(run, environment.id, [messageOf(environment, "earlier")], times());
    later = send(environment, "later");
    await expect.poll(waitingForLock, { timeout: 5_000 }).toBe(1);
    expect(await inbox(environment)).toEqual(["before"]);
  });
  await later;
  expect(await inbox(environment)).toEqual(["before", "earlier", "later"]);
});

test("what is rolled back leaves no number behind", async () => {
  const environment = await prepared();
  const { message: first } = await send(environment, "first");
  await expect(
    transactionOn(context().db.pool, async (run) => {
      await storeMessages(run, environment.id, [messageOf(environment, "never")], times());
      throw new Error("no");
    }),
  ).rejects.toThrow("no");
  const { message: second } = await send(environment, "second");
  expect(second.sequence).toBe(first.sequence + 1);
  expect(await inbox(environment)).toEqual(["first", "second"]);
});

test("environments do not wait for each other", async () => {
  const [environment, other] = [await prepared(), await prepared()];
  await transactionOn(context().db.pool, async (run) => {
    await storeMessages(run, environment.id, [messageOf(environment, "held")], times());
    await send(other, "at once");
    expect(await inbox(other)).toEqual(["at once"]);
  });
});

test("a batch that is refused stores nothing of itself, and its sound messages are stored without the refused one", async () => {
  const environment = await prepared();
  const sound = messageOf(environment, "sound");
  const refused = { ...messageOf(environment, "refused"), copies: [{ targetId: "bob", userIds: ["bob", "bob"] }] };
  const outcomes = await Promise.allSettled([sound, refused, sound].map((message) => storeMessage(context(), message)));
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(await inbox(environment)).toEqual(["sound", "sound"]);
});
