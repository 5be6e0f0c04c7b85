import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ConnectionStatus } from "./connection-status";
import { Link } from "./link";
import { CODES } from "./result";
import { NoWebSocketError, type WebSocketLike, type WebSocketMaker } from "./web-socket";

/** Whatever the app does while something is still on its way, at most one session lives, and the rest is ended. */

const { CONNECTING, CONNECTED, DISCONNECTED, SUSPENDED } = ConnectionStatus;

/** A socket whose other end is the test. */
class FakeSocket implements WebSocketLike {
  readyState = 0;
  onopen: WebSocketLike["onopen"] = null;
  onmessage: WebSocketLike["onmessage"] = null;
  onclose: WebSocketLike["onclose"] = null;
  onerror: WebSocketLike["onerror"] = null;
  readonly sent: { id: number; method: string; params: Record<string, unknown> }[] = [];

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.drop("");
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.({} as never);
  }

  /** Answers the latest call of this method. */
  answer(method: string, result: object): void {
    const id = this.sent.findLast((call) => call.method === method)?.id;
    this.onmessage?.({ data: JSON.stringify({ jsonrpc: "2.0", id, result }) });
  }

  /** Says all this in one frame, as a server of version 2 does. */
  say(...told: object[]): void {
    this.onmessage?.({ data: JSON.stringify(told.map((one) => ({ jsonrpc: "2.0", ...one }))) });
  }

  drop(reason: string): void {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.onclose?.({ code: 1000, reason });
  }

  get token(): unknown {
    return this.sent.find(({ method }) => method === "connect")?.params.token;
  }
}

function start() {
  const sockets: FakeSocket[] = [];
  const make: WebSocketMaker = () => {
    const socket = new FakeSocket();
    sockets.push(socket);
    return socket;
  };
  /** Those who wait for the WebSocket itself, which is loaded where there is none. */
  const waiting: { load(): void; fail(error?: Error): void }[] = [];
  const maker = () =>
    new Promise<WebSocketMaker>((resolve, reject) => {
      waiting.push({ load: () => resolve(make), fail: (error = new Error("could not be loaded")) => reject(error) });
    });
  const statuses: ConnectionStatus[] = [];
  const events: string[] = [];
  const reactions = new Map<ConnectionStatus, () => void>();
  const link = new Link(
    { appKey: "key", serverUrl: "http://127.0.0.1:1", platform: "Web", device: "" },
    {
      onStatus({ status }) {
        statuses.push(status);
        const react = reactions.get(status);
        reactions.delete(status);
        react?.();
      },
      onEvent: (method, params) => void events.push(`${method} ${params.n}`),
      onConnected: () => {},
    },
    maker,
  );
  const settle = () => vi.advanceTimersByTimeAsync(0);
  return {
    link,
    sockets,
    waiting,
    statuses,
    events,
    settle,
    /** Does something the next time that the link tells of this status. */
    when: (status: ConnectionStatus, react: () => void) => void reactions.set(status, react),
    alive: () => sockets.filter(({ readyState }) => readyState !== 3),
    async welcome(socket: FakeSocket | undefined) {
      socket?.open();
      await settle();
      socket?.answer("connect", { userId: "alice", heartbeatMs: 25_000 });
      await settle();
    },
    async load() {
      for (const { load } of waiting.splice(0)) load();
      await settle();
    },
  };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("several messages in one frame", () => {
  const two = [
    { method: "event/one", params: { n: 1 } },
    { method: "event/two", params: { n: 2 } },
  ];

  test("are asked for, and are taken in their order, answers among them", async () => {
    const { link, sockets, load, welcome, events } = start();
    void link.connect("one");
    await load();
    await welcome(sockets[0]);
    expect(sockets[0]?.sent[0]?.params).toMatchObject({ protocol: 1, maxProtocol: 2 });
    const answer = link.call("user/getOwn", {});
    sockets[0]?.say(...two, { id: sockets[0].sent.at(-1)?.id, result: { name: "A" } });
    expect(events).toEqual(["event/one 1", "event/two 2"]);
    expect(await answer).toEqual({ isOk: true, code: 0, data: { name: "A" } });
  });

  test("may end with the reason why the connection ends", async () => {
    const { link, sockets, load, welcome, events } = start();
    void link.connect("one");
    await load();
    await welcome(sockets[0]);
    sockets[0]?.say(...two, { method: "disconnect", params: { code: 31011 } });
    sockets[0]?.drop("");
    expect(link.status).toBe(DISCONNECTED);
    expect(events).toEqual(["event/one 1", "event/two 2"]);
  });
});

describe("connecting, disconnecting and connecting again", () => {
  test("before the first socket is there makes one socket, with the second token", async () => {
    const { link, sockets, load, welcome, alive } = start();
    const first = link.connect("one");
    expect(await link.disconnect()).toBeUndefined();
    const second = link.connect("two");
    expect(await first).toMatchObject({ isOk: false, code: CODES.ownDisconnect });
    await load();
    expect(sockets).toHaveLength(1);
    await welcome(sockets[0]);
    expect(await second).toMatchObject({ isOk: true });
    expect(sockets[0]?.token).toBe("two");
    await vi.advanceTimersByTimeAsync(15_000);
    expect(alive()).toHaveLength(1);
  });

  test("while the first socket opens ends that one", async () => {
    const { link, sockets, load, welcome, alive } = start();
    void link.connect("one");
    await load();
    await link.disconnect();
    const second = link.connect("two");
    await load();
    expect(alive()).toEqual([sockets[1]]);
    await welcome(sockets[1]);
    expect(await second).toMatchObject({ isOk: true });
  });

  test("is not harmed by the first one's WebSocket, which cannot be loaded", async () => {
    const { link, sockets, waiting, welcome, settle } = start();
    void link.connect("one");
    await link.disconnect();
    const second = link.connect("two");
    waiting[1]?.load();
    await settle();
    await welcome(sockets[0]);
    waiting[0]?.fail();
    await settle();
    expect(await second).toMatchObject({ isOk: true });
    expect(link.status).toBe(CONNECTED);
  });

  test("where there is no WebSocket ends at once and says what to install", async () => {
    const { link, waiting, settle } = start();
    const connecting = link.connect("token");
    waiting[0]?.fail(new NoWebSocketError());
    await settle();
    expect(await connecting).toMatchObject({
      isOk: false,
      code: CODES.wrongConfiguration,
      msg: expect.stringMatching(/package ws/),
    });
    expect(link.status).toBe(DISCONNECTED);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(waiting).toHaveLength(1);
  });

  test("is not harmed by the first one's time limit", async () => {
    const { link, sockets, load, welcome } = start();
    void link.connect("one");
    await vi.advanceTimersByTimeAsync(20_000);
    await link.disconnect();
    const second = link.connect("two");
    await vi.advanceTimersByTimeAsync(15_000);
    await load();
    await welcome(sockets.at(-1));
    expect(await second).toMatchObject({ isOk: true });
  });
});

describe("an app that reacts to a status at once", () => {
  test("by disconnecting when it is told that it connects, ends that call and no later one", async () => {
    const { link, sockets, load, welcome, when, alive } = start();
    when(CONNECTING, () => void link.disconnect());
    expect(await link.connect("one")).toMatchObject({ isOk: false, code: CODES.ownDisconnect });
    const second = link.connect("two");
    await vi.advanceTimersByTimeAsync(15_000);
    await load();
    await welcome(sockets.at(-1));
    await vi.advanceTimersByTimeAsync(16_000);
    expect(await second).toMatchObject({ isOk: true });
    expect([link.status, alive().length]).toEqual([CONNECTED, 1]);
  });

  test("by connecting again when it is told of the end, gets the answer to its own call", async () => {
    const { link, sockets, load, welcome, when } = start();
    let second: ReturnType<Link["connect"]> | undefined;
    when(DISCONNECTED, () => {
      second = link.connect("two");
    });
    const first = link.connect("one");
    await load();
    sockets[0]?.drop("31009");
    expect(await first).toMatchObject({ isOk: false, code: 31009 });
    await load();
    await welcome(sockets[1]);
    expect(await second).toMatchObject({ isOk: true });
  });

  test("by beginning anew when the connection is lost, has one socket", async () => {
    const { link, sockets, load, welcome, when, alive, statuses } = start();
    void link.connect("one");
    await load();
    await welcome(sockets[0]);
    when(SUSPENDED, () => {
      void link.disconnect();
      void link.connect("two");
    });
    sockets[0]?.drop("");
    await load();
    await welcome(sockets[1]);
    await vi.advanceTimersByTimeAsync(5_000);
    await load();
    expect(sockets).toHaveLength(2);
    expect(alive()).toEqual([sockets[1]]);
    expect(statuses).toEqual([CONNECTING, CONNECTED, SUSPENDED, DISCONNECTED, CONNECTING, CONNECTED]);
  });

  test("by connecting again when it is banned while it disconnects, stays connected", async () => {
    const { link, sockets, load, welcome, when } = start();
    void link.connect("one");
    await load();
    await welcome(sockets[0]);
    let second: ReturnType<Link["connect"]> | undefined;
    when(DISCONNECTED, () => {
      second = link.connect("two");
    });
    const leaving = link.disconnect();
    sockets[0]?.drop("31011");
    await leaving;
    await load();
    await welcome(sockets[1]);
    expect(await second).toMatchObject({ isOk: true });
    expect(link.status).toBe(CONNECTED);
  });
});
