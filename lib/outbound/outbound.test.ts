import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, test } from "vitest";
import { startHangingReceiver, startReceiver } from "@/test/support/receiver";
import { createOutbound } from "./create-outbound";
import type { OutboundError } from "./outbound";

const post = (url: string | URL, timeoutMs = 5_000) => ({
  url: new URL(url),
  headers: { "Content-Type": "application/json" },
  body: "{}",
  timeoutMs,
});

const failure = (work: Promise<unknown>): Promise<OutboundError> =>
  work.then(
    () => Promise.reject(new Error("there was an answer")),
    (error: OutboundError) => error,
  );

describe("which addresses are reached", () => {
  const guarded = (addresses: string[]) => createOutbound({ allowPrivate: false, resolve: async () => addresses });

  test.each([
    "http://127.0.0.1:1/",
    "http://[::1]:1/",
    "http://2130706433:1/",
    "http://0x7f.1:1/",
    "http://127.1:1/",
    "http://[::ffff:127.0.0.1]:1/",
    "http://169.254.169.254/latest/meta-data",
  ])("%s is refused as it stands", async (url) => {
    expect(await failure(guarded([]).post(post(url)))).toMatchObject({ kind: "address" });
    expect(await failure(guarded([]).check(new URL(url)))).toMatchObject({ kind: "address" });
  });

  test("one private address among public ones refuses the name", async () => {
    const error = await failure(guarded(["93.184.216.34", "10.0.0.7"]).check(new URL("https://hooks.example/")));
    expect(error.message).toBe("The name hooks.example leads to 10.0.0.7, which is not on the public internet.");
  });

  test("a name that was public when it was saved and leads inside now is not connected to", async () => {
    const inside = await startReceiver();
    const answers = [["93.184.216.34"], ["127.0.0.1"]];
    const outbound = createOutbound({ allowPrivate: false, resolve: async () => answers.shift() ?? [] });
    const url = new URL(`http://rebound.example:${inside.port}/`);
    await outbound.check(url);
    expect(await failure(outbound.post(post(url)))).toMatchObject({ kind: "address" });
    expect(inside.received).toEqual([]);
  });

  test("where TLS is required nothing is sent by http", async () => {
    const resolve = async () => ["93.184.216.34"];
    const outbound = createOutbound({ allowPrivate: true, encrypted: true, resolve });
    const clear = new URL("http://127.0.0.1:9/");
    const asked = { url: clear, headers: {}, timeoutMs: 1_000 };
    await outbound.check(new URL("https://hooks.example/a"));
    for (const tried of [
      outbound.check(clear),
      outbound.post({ ...asked, body: "" }),
      outbound.get({ ...asked, maxBytes: 10 }),
    ]) {
      await expect(tried).rejects.toMatchObject({ kind: "host", message: expect.stringContaining("REQUIRE_TLS") });
    }
    outbound.close();
  });

  test("where hosts are named no other is asked, nor looked up", async () => {
    const lookups: string[] = [];
    const resolve = async (name: string) => {
      lookups.push(name);
      return ["93.184.216.34"];
    };
    const hosts = ["hooks.example", ".cdn.example", "[2606:2800::1]"];
    const outbound = createOutbound({ allowPrivate: false, hosts, resolve });
    const named = [
      "https://hooks.example/a",
      "http://HOOKS.example.:81/",
      "https://a.b.cdn.example/",
      "https://[2606:2800::1]/",
    ];
    for (const url of named) await outbound.check(new URL(url));
    lookups.length = 0;
    const others = [
      "https://cdn.example/",
      "https://evilcdn.example/",
      "https://hooks.example.evil.test/",
      "https://93.184.216.34/",
    ];
    for (const url of others) {
      expect(await failure(outbound.check(new URL(url))), url).toMatchObject({ kind: "host" });
      expect(await failure(outbound.post(post(url))), url).toMatchObject({ kind: "host" });
    }
    expect(lookups).toEqual([]);
  });

  test("the connection goes to the checked address, with the name of the URL in Host", async () => {
    const receiver = await startReceiver();
    const lookups: string[] = [];
    const outbound = createOutbound({
      allowPrivate: true,
      resolve: async (name) => {
        lookups.push(name);
        return ["127.0.0.1"];
      },
    });
    await outbound.post(post(`http://hooks.example:${receiver.port}/path?own=1`));
    expect(lookups).toEqual(["hooks.example"]);
    expect(receiver.received).toMatchObject([
      { url: "/path?own=1", headers: { host: `hooks.example:${receiver.port}` }, body: "{}" },
    ]);
    outbound.close();
  });

  test("TLS asks for the name of the URL, not for the address", async () => {
    const asked: string[] = [];
    const server = createTlsServer({
      SNICallback: (name, done) => {
        asked.push(name);
        done(new Error("no certificate here"));
      },
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const outbound = createOutbound({ allowPrivate: true, resolve: async () => ["127.0.0.1"] });
    expect(await failure(outbound.post(post(`https://hooks.example:${port}/`)))).toMatchObject({ kind: "connection" });
    expect(asked).toEqual(["hooks.example"]);
    server.close();
  });

  test("a name that leads nowhere is told apart from one whose look-up hangs", async () => {
    expect(await failure(guarded([]).check(new URL("https://nobody.example/")))).toMatchObject({ kind: "name" });
    const hanging = createOutbound({ allowPrivate: false, resolve: () => new Promise(() => {}) });
    expect(await failure(hanging.post(post("https://slow.example/", 30)))).toMatchObject({ kind: "timeout" });
  });
});

describe("answers", () => {
  const outbound = createOutbound({ allowPrivate: true });

  test("a redirect is an answer like any other and is not followed", async () => {
    const target = await startReceiver();
    const receiver = await startReceiver((_received, _request, response) => {
      response.writeHead(302, { Location: target.url }).end("elsewhere");
    });
    expect(await outbound.post(post(receiver.url))).toEqual({ status: 302, excerpt: "elsewhere" });
    expect(target.received).toEqual([]);
  });

  test("a receiver that accepts and says nothing costs the time that was given and no more", async () => {
    const hanging = await startHangingReceiver();
    const started = performance.now();
    const error = await failure(outbound.post(post(hanging.url, 100)));
    expect(error).toMatchObject({ kind: "timeout", message: "No answer within 0.1 seconds." });
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("status first and a body that never ends is an answer when the time is up", async () => {
    const receiver = await startReceiver((_received, _request, response) => {
      response.writeHead(200).write("drip");
    });
    expect(await outbound.post(post(receiver.url, 200))).toEqual({ status: 200, excerpt: "drip" });
  });

  test("of a large body only the beginning is read, and control characters do not reach the log", async () => {
    let sent = 0;
    const receiver = await startReceiver((_received, _request, response) => {
      response.on("error", () => {});
      response.writeHead(500);
      response.write("\u0000\u001b[31mno\r\n");
      const more = () => {
        if (response.destroyed) return;
        sent += 65_536;
        if (response.write("x".repeat(65_536))) setImmediate(more);
        else response.once("drain", more);
      };
      more();
    });
    const { status, excerpt } = await outbound.post(post(receiver.url));
    expect(status).toBe(500);
    expect(excerpt).toMatch(/^\[31mno \nx+$/);
    expect(excerpt.length).toBeLessThanOrEqual(2_000);
    expect(sent).toBeLessThan(20_000_000);
  });

  test("a connection that was kept and closed by the receiver is made anew, unseen", async () => {
    let requests = 0;
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.on("data", () => {
        requests += 1;
        // The first of each connection is answered, the second finds it closed.
        if (socket.bytesWritten === 0) socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        else socket.resetAndDestroy();
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    for (let round = 0; round < 3; round++) {
      expect(await outbound.post(post(url))).toEqual({ status: 200, excerpt: "ok" });
    }
    expect(requests).toBeGreaterThan(3);
    outbound.close();
    server.close();
  });

  test("nobody listening and no HTTP are named", async () => {
    const gone = await startReceiver();
    await gone.close();
    expect((await failure(outbound.post(post(gone.url)))).message).toBe("The receiver refuses the connection.");
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.once("data", () => socket.end("SSH-2.0-OpenSSH\r\n"));
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect((await failure(outbound.post(post(url)))).message).toBe("The receiver's answer is not HTTP.");
    server.close();
  });
});
