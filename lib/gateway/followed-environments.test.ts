import { beforeEach, describe, expect, test } from "vitest";
import type { EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { sendDirectMessage } from "@/lib/core/messages/send-direct-message";
import { appUserOf } from "@/test/support/app-users";
import { createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { Connection } from "./connection";
import { FollowedEnvironments } from "./followed-environments";
import type { Frame } from "./frames";
import { Hub } from "./hub";

const context = testContext();
let environment: EnvironmentRef;

beforeEach(async () => {
  environment = (await createTestApp(context())).production.ref;
  await insertTestUsers(context(), environment, [{ userId: "alice" }, { userId: "bob" }]);
});

/** A process in which whoever begins to follow waits for the test, which may take the database away meanwhile. */
function heldProcess() {
  const { bus } = context();
  const begun: (() => void)[] = [];
  let away = false;
  const db = new Proxy(context().db, {
    get(target, name) {
      if (away) throw new Error("the database is away");
      return Reflect.get(target, name);
    },
  });
  const own: Context = {
    ...context(),
    db,
    bus: {
      ...bus,
      async publishToOthers(event) {
        if (event.type === "messages.followed") await new Promise<void>((resolve) => begun.push(resolve));
      },
    },
  };
  const goOn = (...which: number[]) => {
    for (const index of which) begun[index]?.();
  };
  const fail = async (which: number, following: Promise<void>) => {
    away = true;
    goOn(which);
    await expect(following).rejects.toThrow("away");
    away = false;
  };
  return { own, begun, goOn, fail };
}

/** A process of which the gateway knows this much. */
function startFollowing(own: Context) {
  const hub = new Hub();
  const followed = new FollowedEnvironments(own, hub);
  const frames: string[] = [];
  let made = 0;
  const bobConnects = () => {
    made += 1;
    const send = (frame: Frame) => frames.push(JSON.parse(frame.json.toString()).params.content);
    const connection = { id: `c-${made}`, environment, userId: "bob", open: true, send } as unknown as Connection;
    hub.add(connection);
    return {
      following: followed.follow(environment.id),
      leave() {
        hub.remove(connection);
        followed.left(environment.id);
      },
    };
  };
  const say = (content: string) =>
    sendDirectMessage(own, appUserOf(environment, "alice"), { toUserId: "bob", messageType: "APP:T", content });
  return { bobConnects, say, frames, stop: () => followed.stop() };
}

describe("an environment that could not be followed", () => {
  test("for one who has left does not make another follow it twice: each message comes once", async () => {
    const { own, begun, goOn, fail } = heldProcess();
    const { bobConnects, say, frames, stop } = startFollowing(own);
    const first = bobConnects();
    await expect.poll(() => begun.length).toBe(1);
    first.leave();
    const second = bobConnects();
    await expect.poll(() => begun.length).toBe(2);
    await fail(0, first.following);
    goOn(1);
    await second.following;
    const third = bobConnects();
    second.leave();
    goOn(2);
    await third.following;
    await say("once");
    await say("the end");
    await expect.poll(() => frames).toContain("the end");
    expect(frames).toEqual(["once", "the end"]);
    stop();
  });

  test("is followed by the next who connects, while the one who was refused is still leaving", async () => {
    const { own, begun, goOn, fail } = heldProcess();
    const { bobConnects, say, frames, stop } = startFollowing(own);
    const refused = bobConnects();
    await expect.poll(() => begun.length).toBe(1);
    await fail(0, refused.following);
    const next = bobConnects();
    refused.leave();
    goOn(1);
    await next.following;
    await say("hello");
    await expect.poll(() => frames).toEqual(["hello"]);
    stop();
  });
});

describe("an environment that somebody leaves while it begins to be followed, and enters again at once", () => {
  test("is followed once: what is said before, meanwhile and afterwards comes once", async () => {
    const { own, begun, goOn } = heldProcess();
    const { bobConnects, say, frames, stop } = startFollowing(own);
    const first = bobConnects();
    await expect.poll(() => begun.length).toBe(1);
    await say("before");
    first.leave();
    const second = bobConnects();
    await expect.poll(() => begun.length).toBe(2);
    goOn(1);
    await second.following;
    await say("meanwhile");
    goOn(0);
    await first.following;
    await say("afterwards");
    await expect.poll(() => frames).toContain("afterwards");
    expect(frames).toEqual(["meanwhile", "afterwards"]);
    stop();
  });
});
