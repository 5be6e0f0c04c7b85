import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { afterEach, beforeAll, expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { createTestApp, TEST_MASTER_KEY, testContext } from "@/test/support/context";
import type { Acknowledged, SenderOrder } from "@/test/support/message-sender";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { fetchInbox } from "./fetch-inbox";
import { idOf, type StoredMessage } from "./message";

/** What holds although senders are processes of their own, which may die at any moment. */

const context = testContext();

// Transactions of different lengths, so that a later one would often be ready before an earlier one.
beforeAll(() =>
  context().owner.query(`
    CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_sleep(random() * 0.02); RETURN NULL; END';
    CREATE TRIGGER linger AFTER INSERT ON inbox_entries FOR EACH STATEMENT EXECUTE FUNCTION linger()`),
);

const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
});

const ids = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name}-${n}`);

async function prepared(userIds: readonly string[]): Promise<EnvironmentRef> {
  const { production } = await createTestApp(context());
  await insertTestUsers(
    context(),
    production.ref,
    userIds.map((userId) => ({ userId })),
  );
  return production.ref;
}

/** Starts a sending process; `acknowledged` fills as it goes on. */
function startSender(order: Omit<SenderOrder, "databaseUrl" | "masterKey">) {
  const full: SenderOrder = { ...order, databaseUrl: context().url, masterKey: TEST_MASTER_KEY };
  const child = spawn(process.execPath, ["--import", "tsx", "test/support/message-sender.ts", JSON.stringify(full)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(child);
  const acknowledged: Acknowledged[] = [];
  const lines = createInterface({ input: child.stdout });
  lines.on("line", (line) => acknowledged.push(JSON.parse(line) as Acknowledged));
  return { child, acknowledged, ended: Promise.all([once(child, "exit"), once(lines, "close")]) };
}

const page = (environment: EnvironmentRef, userId: string, cursor: number, limit: number) =>
  fetchInbox(context(), appUserOf(environment, userId), { cursor, limit });

async function wholeInbox(environment: EnvironmentRef, userId: string): Promise<StoredMessage[]> {
  const messages: StoredMessage[] = [];
  for (let cursor = 0, more = true; more; ) {
    const next = await page(environment, userId, cursor, 500);
    messages.push(...next.messages);
    ({ cursor, more } = next);
  }
  return messages;
}

test("a message that was acknowledged is there although its process was killed right afterwards", {
  timeout: 60_000,
}, async () => {
  const [senderIds, recipientIds] = [ids("sender", 16), ids("recipient", 5)];
  const environment = await prepared([...senderIds, ...recipientIds]);
  const { child, acknowledged, ended } = startSender({ environment, senderIds, recipientIds, messages: null });
  await expect.poll(() => acknowledged.length, { timeout: 40_000, interval: 5 }).toBeGreaterThan(500);
  child.kill("SIGKILL");
  await ended;
  expect(acknowledged.length).toBeGreaterThan(500);
  for (const recipientId of recipientIds) {
    const inbox = new Map((await wholeInbox(environment, recipientId)).map((message) => [idOf(message), message]));
    for (const sent of acknowledged.filter((one) => one.recipientId === recipientId)) {
      expect(inbox.get(sent.messageId)).toMatchObject({
        sequence: sent.sequence,
        senderId: sent.senderId,
        content: sent.content,
      });
    }
  }
});

test("a reader who follows an inbox by its cursor misses nothing that two processes write at the same time", {
  timeout: 60_000,
}, async () => {
  const senders = [ids("left", 8), ids("right", 8)];
  const environment = await prepared([...senders.flat(), "reader", "other"]);
  const running = senders.map((senderIds) =>
    startSender({ environment, senderIds, recipientIds: ["reader", "other"], messages: 150 }),
  );
  let writing = true;
  const ended = Promise.all(running.map((sender) => sender.ended)).then(() => {
    writing = false;
  });
  const read: StoredMessage[] = [];
  let pages = 0;
  for (let cursor = 0, more = true; writing || more; ) {
    const next = await page(environment, "reader", cursor, 20);
    read.push(...next.messages);
    ({ cursor, more } = next);
    if (next.messages.length > 0) pages += 1;
  }
  await ended;
  read.push(...(await page(environment, "reader", read.at(-1)?.sequence ?? 0, 500)).messages);

  expect(pages).toBeGreaterThan(10);
  expect(read).toEqual(await wholeInbox(environment, "reader"));
  const acknowledged = running.flatMap((sender) => sender.acknowledged).filter((one) => one.recipientId === "reader");
  expect(acknowledged).toHaveLength(16 * 75);
  expect(read.map(idOf).sort()).toEqual(acknowledged.map(({ messageId }) => messageId).sort());
  for (const senderId of senders.flat()) {
    const contents = read
      .filter((message) => message.senderId === senderId)
      .map(({ content }) => JSON.parse(content).content);
    expect(contents).toEqual(contents.toSorted((a, b) => a - b));
  }
});
