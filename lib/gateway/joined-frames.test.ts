import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { banUsers } from "@/lib/core/bans/ban-users";
import { registerUser } from "@/lib/core/users/register-user";
import { appServerOf, createTestApp, type TestEnvironment, testContext } from "@/test/support/context";
import { type RunningGateway, serveGateway } from "@/test/support/gateway-server";
import { notification } from "./frames";
import { CLOSINGS } from "./protocol";

/** Both versions of the client protocol: from 2 on, what the server says at one time to one client is one frame. */

const context = testContext();
let running: RunningGateway;
let production: TestEnvironment;

beforeAll(async () => {
  running = await serveGateway(context(), { rateLimits: false });
  ({ production } = await createTestApp(context()));
});
afterAll(() => running?.close());

let users = 0;

/** A client that speaks these versions, with every text frame that came after the answer to its `connect`. */
async function connected(versions: { protocol: number; maxProtocol?: number }) {
  users += 1;
  const userId = `user-${users}`;
  const { accessToken: token } = await registerUser(context(), appServerOf(production.ref), { userId, name: userId });
  const client = await running.open();
  const frames: string[] = [];
  const answer = await client.connect({ appKey: production.ref.appKey, token, ...versions });
  client.ws.on("message", (data) => frames.push(data.toString()));
  const [connection] = running.gateway.hub.of(production.ref.id, userId);
  if (connection === undefined) throw new Error(`not connected: ${JSON.stringify(answer)}`);
  return { ...client, userId, answer, frames, connection };
}

const OLD = { protocol: 1 };
const NEW = { protocol: 1, maxProtocol: 2 };

const event = (n: number) => notification("event/test", { n, text: "Zoë 😀" });
const textOf = (n: number) => `{"jsonrpc":"2.0","method":"event/test","params":{"n":${n},"text":"Zoë 😀"}}`;
const LAST_WORDS = '{"jsonrpc":"2.0","method":"disconnect","params":{"code":31011,"message":"The user was banned."}}';

describe("the version", () => {
  test.each([
    [{ protocol: 1 }, 1],
    [{ protocol: 1, maxProtocol: 1 }, 1],
    [{ protocol: 1, maxProtocol: 2 }, 2],
    [{ protocol: 2 }, 2],
    [{ protocol: 1, maxProtocol: 9 }, 2],
    [{ protocol: 2, maxProtocol: 9 }, 2],
  ])("of a client that speaks %j is %i", async (versions, spoken) => {
    expect((await connected(versions)).answer.result?.protocol).toBe(spoken);
  });

  test.each([
    [{ protocol: 0 }, 31001],
    [{ protocol: 1.5 }, 31001],
    [{ protocol: 3, maxProtocol: 9 }, 31001],
    [{ protocol: 2, maxProtocol: 1 }, 1002],
    [{ protocol: 1, maxProtocol: "2" }, 1002],
    [{ protocol: 1, maxProtocol: 1.5 }, 1002],
  ])("of a client that says %j is refused with %i", async (versions, code) => {
    const client = await running.open();
    const reply = await client.connect({ appKey: production.ref.appKey, token: "", ...versions });
    expect(reply.error?.code).toBe(code);
  });
});

describe("what is said at one time", () => {
  test("is a frame for each to a client of version 1, and one array to a client of version 2", async () => {
    const [old, young] = [await connected(OLD), await connected(NEW)];
    for (const n of [1, 2, 3]) {
      for (const { userId } of [old, young]) running.gateway.hub.sendToUser(production.ref.id, userId, event(n));
    }
    await expect.poll(() => old.frames).toEqual([textOf(1), textOf(2), textOf(3)]);
    await expect.poll(() => young.frames).toEqual([`[${textOf(1)},${textOf(2)},${textOf(3)}]`]);
  });

  test("is a frame of its own where it is one thing, to both", async () => {
    for (const client of [await connected(OLD), await connected(NEW)]) {
      running.gateway.hub.sendToUser(production.ref.id, client.userId, event(1));
      await expect.poll(() => client.frames).toEqual([textOf(1)]);
      running.gateway.hub.sendToUser(production.ref.id, client.userId, event(2));
      await expect.poll(() => client.frames).toEqual([textOf(1), textOf(2)]);
    }
  });

  test("to one client says nothing to another", async () => {
    const [one, other] = [await connected(NEW), await connected(NEW)];
    for (const n of [1, 2]) running.gateway.hub.sendToUser(production.ref.id, one.userId, event(n));
    await expect.poll(() => one.frames).toHaveLength(1);
    await other.call("ping");
    expect(other.told).toEqual([]);
  });

  test("goes out in frames of about 64 KB where it is much", async () => {
    const client = await connected(NEW);
    const big = notification("event/test", { filler: "x".repeat(30_000) });
    for (let n = 0; n < 10; n += 1) running.gateway.hub.sendToUser(production.ref.id, client.userId, big);
    await expect.poll(() => client.told).toHaveLength(10);
    expect(client.frames.map((text) => [JSON.parse(text)].flat().length)).toEqual([3, 3, 3, 1]);
  });

  test("before a connection is cut arrives, with the reason as the last of it, and nothing after it", async () => {
    const [old, young] = [await connected(OLD), await connected(NEW)];
    for (const { userId, connection } of [old, young]) {
      for (const n of [1, 2]) running.gateway.hub.sendToUser(production.ref.id, userId, event(n));
      connection.cut(CLOSINGS.banned);
      connection.send(event(3));
    }
    for (const { closed } of [old, young]) expect(await closed).toEqual({ code: 4011, reason: "31011" });
    expect(old.frames).toEqual([textOf(1), textOf(2), LAST_WORDS]);
    expect(young.frames).toEqual([`[${textOf(1)},${textOf(2)},${LAST_WORDS}]`]);
  });

  test("to a client that is just closing harms nobody", async () => {
    const [leaving, staying] = [await connected(NEW), await connected(NEW)];
    leaving.ws.close();
    for (let n = 0; n < 100 && leaving.connection.open; n += 1) {
      leaving.connection.send(event(n));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await leaving.closed).code).toBe(1005);
    expect((await staying.call("ping")).error).toBeUndefined();
  });

  test("waits for a slow reader of version 2 as for one of version 1: beyond a megabyte it is cut", async () => {
    const slow = await connected(NEW);
    slow.ws.pause();
    const big = notification("event/test", { filler: "x".repeat(10_000) });
    for (let sent = 0; sent < 20_000 && slow.connection.open; sent += 1) {
      slow.connection.send(big);
      if (sent % 100 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    expect(slow.connection.open).toBe(false);
    expect(slow.connection.socket.endCode).toBe(30011);
  });
});

describe("messages", () => {
  test("of many senders reach clients of both versions once and in their order, and a ban in between ends them", async () => {
    const [old, young, banned] = [await connected(OLD), await connected(NEW), await connected(NEW)];
    const senders = await Promise.all(Array.from({ length: 20 }, () => connected(NEW)));
    const say = ({ call }: (typeof senders)[number], toUserId: string, content: string) =>
      call("message/send", { toUserId, messageType: "app:text", content });
    const rounds = Array.from({ length: 5 }, (_, round) =>
      senders.flatMap((sender) =>
        [old, young, banned].map((to) => say(sender, to.userId, `${round} of ${sender.userId}`)),
      ),
    ).flat();
    await banUsers(context(), appServerOf(production.ref), { userIds: [banned.userId], durationMinutes: 5 });
    expect((await Promise.all(rounds)).filter(({ error }) => error !== undefined)).toEqual([]);
    expect((await banned.closed).reason).toBe("31011");
    for (const { told } of [old, young]) {
      await expect.poll(() => told.length).toBe(100);
      const sequences = told.map(({ params }) => Number(params.sequence));
      expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    }
    expect(banned.told.at(-1)?.method).toBe("disconnect");
  });
});

describe("frames of clients", () => {
  test.each([OLD, NEW])("are one call each: to %j an array is answered with -32600", async (versions) => {
    const client = await connected(versions);
    client.ws.send('[{"jsonrpc":"2.0","id":7,"method":"ping"}]');
    client.ws.send("[]");
    await expect.poll(() => client.frames.flatMap((text) => JSON.parse(text))).toHaveLength(2);
    for (const answer of client.frames.flatMap((text) => JSON.parse(text))) {
      expect(answer).toMatchObject({ id: null, error: { code: -32600 } });
    }
  });

  test.each([OLD, NEW])("of any content get one answer each from a gateway that speaks %j", async (versions) => {
    const client = await connected(versions);
    const texts = fc.sample(
      fc.oneof(
        fc.string({ unit: "grapheme" }),
        fc.json(),
        fc.json().map((text) => text.slice(1)),
      ),
      300,
    );
    for (const text of texts) client.ws.send(text);
    const answers = () => client.frames.flatMap((frame) => JSON.parse(frame) as { error?: { code: number } });
    await expect.poll(() => answers().length).toBe(texts.length);
    expect(answers().every(({ error }) => error !== undefined)).toBe(true);
    expect((await client.call("ping")).error).toBeUndefined();
  });
});
