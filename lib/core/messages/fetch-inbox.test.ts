import { expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { fetchInbox } from "./fetch-inbox";
import { idOf, type StoredMessage } from "./message";
import { sendServerMessage } from "./send-server-message";

const context = testContext();

async function prepared(): Promise<EnvironmentRef> {
  const { production } = await createTestApp(context());
  await insertTestUsers(context(), production.ref, [{ userId: "alice" }, { userId: "bob" }]);
  return production.ref;
}

const send = async (environment: EnvironmentRef, content: string) =>
  (
    await sendServerMessage(context(), appServerOf(environment), {
      fromUserId: "alice",
      toUserIds: ["bob"],
      messageType: "APP:T",
      content,
    })
  ).messages;

/** All pages from a place on. */
async function pages(environment: EnvironmentRef, limit: number, from = 0): Promise<StoredMessage[][]> {
  const read: StoredMessage[][] = [];
  for (let cursor = from, more = true; more; ) {
    const page = await fetchInbox(context(), appUserOf(environment, "bob"), { cursor, limit });
    read.push([...page.messages]);
    ({ cursor, more } = page);
  }
  return read;
}

test("pages follow each other without gap or overlap, and the last says that nothing follows", async () => {
  const environment = await prepared();
  const sent: StoredMessage[] = [];
  for (let number = 0; number < 7; number += 1) sent.push(...(await send(environment, `m${number}`)));
  const read = await pages(environment, 3);
  expect(read.map((page) => page.length)).toEqual([3, 3, 1]);
  expect(read.flat()).toEqual(sent);
  expect((await pages(environment, 7)).map((page) => page.length)).toEqual([7]);
  expect((await pages(environment, 3, sent[4]?.sequence)).flat()).toEqual(sent.slice(5));
});

test("an empty page keeps the cursor, and a cursor beyond everything finds nothing", async () => {
  const environment = await prepared();
  for (const cursor of [0, 1_000_000]) {
    const page = await fetchInbox(context(), appUserOf(environment, "bob"), { cursor });
    expect(page).toEqual({ messages: [], cursor, more: false });
  }
});

test("long messages end a page at about a megabyte, and none is lost", async () => {
  const environment = await prepared();
  const long = "é".repeat(64 * 1024);
  for (let number = 0; number < 20; number += 1) await send(environment, long);
  const read = await pages(environment, 500);
  expect(read.map((page) => page.length)).toEqual([8, 8, 4]);
  expect(new Set(read.flat().map(idOf)).size).toBe(20);
});
