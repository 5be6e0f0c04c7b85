import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import type { RoomLevel } from "@/lib/room/disk";
import type { Room } from "@/lib/room/room";
import { appServerOf, createTestApp, operatorOf, systemOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { createApp } from "../apps/create-app";
import { banUsers } from "../bans/ban-users";
import type { Context } from "../context";
import { startDeletion } from "../deletion/start-deletion";
import { getJob } from "../jobs/get-job";
import { startJobWorker } from "../jobs/job-worker";
import { sendServerMessage } from "../messages/send-server-message";
import { asRefusal } from "../refusal";
import { findRegistered, registerUser } from "../users/register-user";
import { tellingRoom } from "./need-room";
import { readShortRoom, roomSentence } from "./read-room";

const context = testContext();

/** A context whose room a test sets. */
function roomy(level: RoomLevel): { context: Context; told: () => number; set(level: RoomLevel): void } {
  let current = level;
  let told = 0;
  const room: Room = {
    level: () => current,
    state: () => ({ level: current, disks: [], databaseFull: false }),
    databaseIsFull: () => {
      told += 1;
    },
    close: async () => {},
  };
  return {
    context: { ...context(), room },
    told: () => told,
    set: (next) => {
      current = next;
    },
  };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: unknown) => asRefusal(error).code,
  );

describe("while there is no room", () => {
  test("what is changed in an environment is refused at every way to write, and goes on with the room", async () => {
    const { production, development } = await createTestApp(context());
    const at = roomy("enough");
    const server = appServerOf(production.ref);
    await registerUser(at.context, server, { userId: "a", name: "A" });
    await registerUser(at.context, server, { userId: "b", name: "B" });
    const acts = () => [
      registerUser(at.context, server, { userId: "c", name: "C" }),
      registerUser(at.context, appServerOf(development.ref), { userId: "c", name: "C" }),
      banUsers(at.context, server, { userIds: ["a"], durationMinutes: 5 }),
      banUsers(at.context, systemOf(production.ref), { userIds: ["b"], durationMinutes: 5 }),
      registerUser(at.context, systemOf(production.ref), { userId: "d", name: "D" }),
      sendServerMessage(at.context, server, { fromUserId: "a", toUserIds: ["b"], messageType: "t", content: "{}" }),
    ];
    at.set("none");
    expect(new Set(await Promise.all(acts().map(codeOf)))).toEqual(new Set(["no_room"]));
    at.set("short");
    expect(new Set(await Promise.all(acts().map(codeOf)))).toEqual(new Set(["done"]));
  });

  test("who is registered already gets a token, and what concerns the installation goes on", async () => {
    const { production } = await createTestApp(context());
    const server = appServerOf(production.ref);
    const input = { userId: "a", name: "A" };
    await registerUser(context(), server, input);
    const full = roomy("none").context;
    const found = await findRegistered(full, server, input);
    expect(await registerUser(full, server, input, { found })).toMatchObject({ created: false });
    expect(await codeOf(createApp(full, systemOf(null), { name: "Another" }))).toBe("done");
    expect(await codeOf(createApp(full, operatorOf("admin", null), { name: "A third" }))).toBe("done");
  });

  test("a job waits, none of its items fails, and it goes on with the room", async () => {
    const { development } = await createTestApp(context());
    const admin = operatorOf("admin", development.ref);
    const users = Array.from({ length: 20 }, (_, n) => ({ userId: `t-${n}`, createdAt: Date.now() - 1_000 }));
    await insertTestUsers(context(), development.ref, users);
    const { jobId } = await startDeletion(context(), admin, {
      selection: { by: "prefix", prefix: "t-" },
      phrase: "delete 20 users",
      expectedCount: 20,
    });
    const at = roomy("none");
    const worker = startJobWorker(at.context, { pollMs: 10 });
    const stateOf = async () => (await getJob(context(), admin, { jobId }))?.state;
    try {
      await pause(200);
      expect(await stateOf()).toBe("queued");
      at.set("short");
      await expect.poll(stateOf, { timeout: 10_000 }).toBe("finished");
      expect(await getJob(context(), admin, { jobId })).toMatchObject({ succeeded: 20, failed: 0 });
    } finally {
      await worker.stop();
    }
  });
});

test("what PostgreSQL says of a full disk is told to the room and to the caller, however it is wrapped", async () => {
  const at = roomy("enough");
  for (const thrown of [
    Object.assign(new Error("no space left on device"), { code: "53100" }),
    new Error("prisma", { cause: { meta: { driverAdapterError: { cause: { originalCode: "53100" } } } } }),
    Object.assign(new Error("cannot execute INSERT in a read-only transaction"), { code: "25006" }),
  ]) {
    const refusal = await tellingRoom(at.context, () => Promise.reject(thrown)).catch(asRefusal);
    expect(refusal).toMatchObject({ code: "no_room", retryAfterMs: 30_000 });
  }
  expect(at.told()).toBe(3);
  expect(await codeOf(tellingRoom(at.context, () => Promise.reject(new Error("another"))))).toBe("internal");
  expect(at.told()).toBe(3);
});

test("only operators who hold the right everywhere are shown how full the disks are, and nobody while there is enough", async () => {
  const { production } = await createTestApp(context());
  const full = roomy("none").context;
  expect(readShortRoom(full, operatorOf("admin", null))).toMatchObject({ level: "none" });
  expect(readShortRoom(full, operatorOf("owner", production.ref))).toMatchObject({ level: "none" });
  expect(readShortRoom(full, operatorOf("support", production.ref))).toBeNull();
  const everywhereSupport = { ...operatorOf("admin", production.ref), holds: operatorOf("support", null).holds };
  expect(readShortRoom(full, everywhereSupport)).toBeNull();
  expect(readShortRoom(full, { ...operatorOf("admin", null), test: { appId: null } })).toBeNull();
  expect(readShortRoom(roomy("enough").context, operatorOf("owner", null))).toBeNull();
  expect(roomSentence(roomy("enough").context)).toBeNull();
  expect(roomSentence(full)).toBe("Changes are refused: there is no room left.");
});
