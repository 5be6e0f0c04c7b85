import pino from "pino";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Bus } from "@/lib/bus/bus";
import { connectPostgresBus } from "@/lib/bus/postgres-bus";
import { type Database, openDatabase } from "@/lib/db/database";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, createTestApp, type TestContext, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import type { Context } from "../context";
import { fetchInbox } from "./fetch-inbox";
import type { Delivery } from "./message";
import { followMessages } from "./message-feed";
import type { SendServerMessageInput } from "./schema";
import { sendDirectMessage } from "./send-direct-message";
import { sendServerMessage } from "./send-server-message";

const context = testContext();
const USERS = ["alice", "bob", "carol"];

/** A process of its own: database, batches and bus. `deaf`: nothing that others publish arrives there. */
interface Process {
  readonly context: Context;
  readonly db: Database;
  readonly bus: Bus;
}

const processes: Process[] = [];
let environment: EnvironmentRef;

async function startProcess(options: { deaf?: boolean; mute?: boolean } = {}): Promise<Process> {
  const { url } = context();
  const log = pino({ level: "silent" });
  const db = openDatabase({ url, poolSize: 5 });
  const real = await connectPostgresBus({ url, pool: db.pool, log });
  const bus: Bus = {
    ...real,
    ...(options.deaf && { subscribe: () => () => {} }),
    ...(options.mute && { publish: async () => {}, publishToOthers: async () => {} }),
  };
  const started = { context: { ...context(), db, bus, log }, db, bus };
  processes.push(started);
  return started;
}

beforeEach(async () => {
  environment = (await createTestApp(context())).production.ref;
  await insertTestUsers(
    context(),
    environment,
    USERS.map((userId) => ({ userId })),
  );
});
afterEach(async () => {
  for (const { bus, db } of processes.splice(0)) {
    await bus.close();
    await db.close();
  }
});

/** Follows the environment in a process and collects what is delivered to its users. */
async function follow(where: Context | TestContext, users: readonly string[] = USERS) {
  const got: Delivery[] = [];
  const stop = await followMessages(where, environment.id, {
    deliver: (delivery) => got.push(delivery),
    isHere: (userId) => users.includes(userId),
    usersHere: () => users,
  });
  const numbers = () => got.map(({ message }) => message.sequence);
  const of = (userId: string) => got.filter(({ userIds }) => userIds.includes(userId)).map(({ message }) => message);
  return { got, stop, numbers, of };
}

const say = (from: string, toUserId: string, content: string, where: Context = context(), connectionId = "c-1") =>
  sendDirectMessage(where, appUserOf(environment, from, connectionId), { toUserId, messageType: "APP:T", content });

const sendAll = (input: Partial<SendServerMessageInput>, where: Context = context()) =>
  sendServerMessage(where, appServerOf(environment), {
    fromUserId: "app",
    toUserIds: USERS,
    messageType: "APP:T",
    content: "to all",
    ...input,
  });

const inboxOf = async (userId: string) =>
  (await fetchInbox(context(), appUserOf(environment, userId), { cursor: 0, limit: 500 })).messages;

describe("within a process", () => {
  test("what it stores is delivered at once, with the connection that sent it", async () => {
    const { got } = await follow(context());
    const { message } = await say("alice", "bob", "Hi");
    expect(got).toEqual([{ message, userIds: ["bob", "alice"], connectionId: "c-1" }]);
  });

  test("what was stored before is not delivered, and what is stored afterwards is, without a gap", async () => {
    await say("alice", "bob", "before");
    const sending = Array.from({ length: 50 }, (_, n) => say("alice", "bob", `m${n}`));
    const { of } = await follow(context());
    const read = (await inboxOf("bob")).map(({ sequence }) => sequence);
    await Promise.all(sending);
    await say("alice", "bob", "after");
    const all = (await inboxOf("bob")).map(({ sequence }) => sequence);
    const delivered = of("bob").map(({ sequence }) => sequence);
    expect([...new Set([...read, ...delivered])].sort((a, b) => a - b)).toEqual(all);
  });

  test("nothing is delivered any more after the end, and a follower that fails harms nobody", async () => {
    const first = await follow(context());
    const failing = await followMessages(context(), environment.id, {
      deliver: () => {
        throw new Error("broken");
      },
      isHere: () => true,
      usersHere: () => USERS,
    });
    await say("alice", "bob", "one");
    first.stop();
    failing();
    await say("alice", "bob", "two");
    expect(first.got).toHaveLength(1);
  });

  test("a repetition is not delivered again, and does not hold up what comes after it", async () => {
    const { got } = await follow(context());
    const input = { toUserId: "bob", messageType: "APP:T", content: "once", clientMessageId: "x" };
    await sendDirectMessage(context(), appUserOf(environment, "alice"), input);
    await sendDirectMessage(context(), appUserOf(environment, "alice"), input);
    await say("alice", "bob", "next");
    expect(got.map(({ message }) => message.content)).toEqual(["once", "next"]);
  });

  test("other environments' messages are not delivered", async () => {
    const { got } = await follow(context());
    const other = (await createTestApp(context())).production.ref;
    await insertTestUsers(context(), other, [{ userId: "alice" }, { userId: "bob" }]);
    await sendDirectMessage(context(), appUserOf(other, "alice"), {
      toUserId: "bob",
      messageType: "APP:T",
      content: "elsewhere",
    });
    await say("alice", "bob", "here");
    expect(got.map(({ message }) => message.content)).toEqual(["here"]);
  });
});

describe("between processes", () => {
  test("each gets everything once and in the same order, whoever stores at the same time", async () => {
    const [a, b] = [await startProcess(), await startProcess()];
    const [atA, atB, here] = [await follow(a.context), await follow(b.context), await follow(context())];
    await Promise.all(
      Array.from({ length: 300 }, async (_, n) => {
        const where = [a.context, b.context, context()][n % 3] as Context;
        await say(USERS[n % 3] ?? "", USERS[(n + 1) % 3] ?? "", `m${n}`, where);
      }),
    );
    const all = (
      await context().db.prisma.message.findMany({
        where: { environmentId: environment.id },
        orderBy: { sequence: "asc" },
        select: { sequence: true },
      })
    ).map(({ sequence }) => Number(sequence));
    expect(all).toHaveLength(300);
    for (const follower of [atA, atB, here]) await expect.poll(follower.numbers, { timeout: 5_000 }).toEqual(all);
    for (const userId of USERS) expect(atA.of(userId)).toEqual(await inboxOf(userId));
  });

  test("the connection that sent it is named only where it is", async () => {
    const a = await startProcess();
    const atA = await follow(a.context);
    await say("alice", "bob", "Hi");
    await expect.poll(() => atA.got.map(({ connectionId }) => connectionId)).toEqual([""]);
  });

  test("to many users, long contents and what is not stored arrive as they are", async () => {
    const a = await startProcess();
    const atA = await follow(a.context);
    const ids = Array.from({ length: 990 }, (_, n) => `user-with-a-rather-long-identifier-${n}`);
    await insertTestUsers(
      context(),
      environment,
      ids.map((userId) => ({ userId })),
    );
    const long = "Ünï👍".repeat(14_000);
    const metadata = Object.fromEntries(Array.from({ length: 3 }, (_, n) => [`key-${n}`, "v".repeat(4_096)]));
    const sent = [
      ...(await sendAll({ toUserIds: [...ids, ...USERS] })).messages,
      ...(await sendAll({ content: long })).messages,
      ...(await sendAll({ hasMetadata: true, metadata })).messages,
      ...(await sendAll({ content: long, shouldPersist: 0, needReadReceipt: 1 })).messages,
    ];
    await expect.poll(() => atA.got.length, { timeout: 5_000 }).toBe(sent.length);
    expect(atA.got.map(({ message }) => message)).toEqual(sent);
    expect(atA.of("carol")).toHaveLength(4);
  });

  test("a long content is neither read nor delivered where none of its users is", async () => {
    const a = await startProcess();
    const atA = await follow(a.context, ["somebody-else"]);
    await sendAll({ content: "x".repeat(20_000) });
    await sendAll({ content: "short" });
    await expect.poll(() => atA.got.length).toBe(3);
    expect(atA.got.map(({ message }) => message.content)).toEqual(["short", "short", "short"]);
  });
});

describe("where something does not arrive", () => {
  test("a later message shows that an earlier one is missing, and it is read, in order", async () => {
    const silent = await startProcess({ mute: true });
    const { of } = await follow(context());
    await say("alice", "bob", "first");
    await say("alice", "bob", "unheard of", silent.context);
    await say("alice", "bob", "last");
    await expect.poll(() => of("bob").map(({ content }) => content)).toEqual(["first", "unheard of", "last"]);
    expect(of("bob")).toEqual(await inboxOf("bob"));
  });

  test("with nothing after it, it is found by comparing numbers", async () => {
    const silent = await startProcess({ mute: true });
    const deaf = await startProcess({ deaf: true });
    const [here, there] = [await follow(context(), ["bob"]), await follow(deaf.context, ["carol"])];
    await sendAll({ content: "x".repeat(20_000) }, silent.context);
    await sendAll({}, silent.context);
    for (const [follower, userId] of [
      [here, "bob"],
      [there, "carol"],
    ] as const) {
      await expect.poll(() => follower.of(userId).length, { timeout: 5_000 }).toBe(2);
      expect(follower.of(userId)).toEqual(await inboxOf(userId));
    }
  });

  test("messages that go on while something is read are delivered once", async () => {
    const deaf = await startProcess({ deaf: true });
    const there = await follow(deaf.context);
    for (let round = 0; round < 20; round += 1) {
      await Promise.all([say("alice", "bob", `here ${round}`), say("bob", "carol", `there ${round}`, deaf.context)]);
    }
    await expect.poll(() => there.got.length, { timeout: 5_000 }).toBe(40);
    const numbers = there.numbers();
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    expect(there.of("bob")).toEqual(await inboxOf("bob"));
  });
});
