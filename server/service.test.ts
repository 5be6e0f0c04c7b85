import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { saveRetiredKeys } from "@/lib/core/master-key/retired-key-store";
import { createSecretBox } from "@/lib/core/secrets";
import { registerUser } from "@/lib/core/users/register-user";
import { START_MARK_HEADER, START_MARK_VARIABLE } from "@/lib/env";
import { openSocket } from "@/test/support/client-socket";
import { appServerOf, createTestApp, TEST_MASTER_KEY, testContext } from "@/test/support/context";
import { freePort } from "@/test/support/free-port";
import { serviceBundle } from "@/test/support/service-process";
import { signedClient } from "@/test/support/signed-client";
import { SERVICE_NODE_FLAGS } from "./launcher/build-service";

/** The service as a process: it starts, serves, and ends the way its launcher relies on. */

const context = testContext();
const bundle = serviceBundle();
const started: ChildProcess[] = [];

afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill("SIGKILL");
});

interface Started {
  readonly child: ChildProcess;
  readonly errors: () => string;
  /** Of the processes that have become ready, in that order. */
  readonly pids: () => number[];
}

/** Started as the launcher does it: from the bundle, or from the sources as for `npm run dev`. */
function startService(port: number, workers: string, metricsAddress = "off", fromSources = false): Started {
  const program = fromSources ? ["--import", "tsx", "server/service.ts"] : [...SERVICE_NODE_FLAGS, bundle()];
  const child = spawn(process.execPath, program, {
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: context().url,
      MASTER_KEY: TEST_MASTER_KEY,
      SERVICE_PORT: String(port),
      LOG_LEVEL: "info",
      SERVICE_WORKERS: workers,
      METRICS_ADDRESS: metricsAddress,
      [START_MARK_VARIABLE]: "the mark of this start",
    },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let text = "";
  child.stderr?.on("data", (chunk) => {
    text += chunk;
  });
  let log = "";
  child.stdout?.on("data", (chunk) => {
    log += chunk;
  });
  const pids = () => [...log.matchAll(/"pid":(\d+)[^\n]*"msg":"service: ready"/g)].map((match) => Number(match[1]));
  started.push(child);
  return { child, errors: () => text, pids };
}

async function startReady(
  workers: string,
  metricsAddress?: string,
  fromSources?: boolean,
): Promise<Started & { port: number }> {
  const port = await freePort();
  const service = startService(port, workers, metricsAddress, fromSources);
  await once(service.child, "message");
  return { ...service, port };
}

const occupants: Server[] = [];
afterEach(() => {
  for (const occupant of occupants.splice(0)) occupant.close();
});

/** A port that another program listens on until the test ends. */
async function takenPort(): Promise<number> {
  const occupant = createServer().listen(0);
  occupants.push(occupant);
  await once(occupant, "listening");
  return (occupant.address() as AddressInfo).port;
}

const exitOf = async (child: ChildProcess) => (child.exitCode ?? (await once(child, "exit"))[0]) as number | null;

describe.each(["1", "3"])("the service in %s process(es)", (workers) => {
  test.each([
    { signal: "SIGTERM", from: "the bundle" },
    { signal: "SIGINT", from: "the bundle" },
    { signal: "SIGTERM", from: "its sources" },
  ] as const)("serves from $from, and ends with code 0 on $signal", { timeout: 60_000 }, async ({ signal, from }) => {
    const { child, port } = await startReady(workers, "off", from === "its sources");
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`);
    expect({ status: ready.status, mark: ready.headers.get(START_MARK_HEADER) }).toEqual({
      status: 200,
      mark: "the mark of this start",
    });
    expect((await fetch(`http://127.0.0.1:${port}/v4/user/get`, { method: "POST" })).status).toBe(401);
    child.kill(signal);
    expect(await exitOf(child)).toBe(0);
  });

  test("ends by itself when its launcher is gone", { timeout: 60_000 }, async () => {
    const { child } = await startReady(workers);
    child.disconnect();
    expect(await exitOf(child)).toBe(0);
  });

  test("tells at its metrics address what it has answered", { timeout: 60_000 }, async () => {
    const metricsPort = await freePort();
    const { child, port } = await startReady(workers, `127.0.0.1:${metricsPort}`);
    const api = `http://127.0.0.1:${port}`;
    for (let request = 0; request < 6; request += 1) await fetch(`${api}/v4/user/get`, { method: "POST" });
    await fetch(`${api}/v4/no/such/path`, { method: "POST" });
    const scraped = await fetch(`http://127.0.0.1:${metricsPort}/metrics`);
    expect(scraped.status).toBe(200);
    expect(scraped.headers.get("content-type")).toMatch(/^text\/plain/);
    const text = await scraped.text();
    expect(text).toContain('im_server_api_requests_total{endpoint="/v4/user/get",code="1004"} 6');
    expect(text).toContain('im_server_api_requests_total{endpoint="other",code="1004"} 1');
    expect(text).toContain('im_server_api_request_duration_seconds_count{endpoint="/v4/user/get"} 6');
    expect(text).toMatch(/^im_development_environments\{taken="80"\} 0$/m);
    expect(text).toMatch(/^im_jobs\{state="queued"\} 0$/m);
    expect(text).toMatch(/^im_webhook_events_pending 0$/m);
    expect(text).toMatch(/^im_database_readable 1$/m);
    expect(text).toMatch(/^im_bus_connected 1$/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    expect((await fetch(`${api}/metrics`)).status).toBe(404);
    child.kill("SIGTERM");
    expect(await exitOf(child)).toBe(0);
  });

  test("tells at its metrics address what connected clients did", { timeout: 60_000 }, async () => {
    const metricsPort = await freePort();
    const { child, port } = await startReady(workers, `127.0.0.1:${metricsPort}`);
    const scrape = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    const { ref, appSecret } = (await createTestApp(context())).production;
    const api = signedClient({ baseUrl: `http://127.0.0.1:${port}`, appKey: ref.appKey, appSecret });
    const connect = async (userId: string, token?: string) => {
      const { accessToken } = await registerUser(context(), appServerOf(ref), { userId, name: userId });
      const client = await openSocket(`ws://127.0.0.1:${port}/im`);
      await client.connect({ appKey: ref.appKey, token: token ?? accessToken });
      return client;
    };
    const alice = await connect("alice");
    const bob = await connect("bob");
    const carol = await connect("carol");
    await (await connect("dave", "no token")).closed;
    (await openSocket(`ws://127.0.0.1:${port}/im`)).close();

    const message = { toUserId: "bob", messageType: "app:note", content: "hello", clientMessageId: "one" };
    // The second time it is the same message.
    for (let sent = 0; sent < 2; sent += 1) {
      expect((await alice.call("message/send", message)).error).toBeUndefined();
    }
    await expect.poll(() => bob.told.length).toBe(1);
    for (let call = 0; call < 3; call += 1) await alice.call("ping");
    await alice.call("message/fetch", { cursor: "wrong" });
    for (let call = 0; call < 3; call += 1) await alice.call(`no/such/${call}`);
    await carol.call("disconnect");
    await carol.closed;
    expect((await api.send("/v4/user/ban", { userIds: ["bob"], durationMinutes: 5 })).body.code).toBe(0);
    await bob.closed;
    await expect.poll(scrape).toMatch(/^im_gateway_handshakes_total\{code="left"\} 1$/m);

    const connected = await scrape();
    expect(connected).toMatch(/^im_gateway_connections 1$/m);
    expect(connected).toMatch(/^im_gateway_handshakes_total\{code="0"\} 3$/m);
    expect(connected).toMatch(/^im_gateway_handshakes_total\{code="31004"\} 1$/m);
    expect(connected).toMatch(/^im_gateway_closes_total\{code="31011"\} 1$/m);
    expect(connected).toMatch(/^im_gateway_closes_total\{code="2"\} 1$/m);
    expect(connected).toMatch(/^im_gateway_calls_total\{method="ping",code="0"\} 3$/m);
    expect(connected).toMatch(/^im_gateway_calls_total\{method="message\/send",code="0"\} 2$/m);
    expect(connected).toMatch(/^im_gateway_calls_total\{method="message\/fetch",code="1002"\} 1$/m);
    expect(connected).toMatch(/^im_gateway_calls_total\{method="other",code="-32601"\} 3$/m);
    expect(connected).not.toContain("no/such");
    expect(connected).toMatch(/^im_gateway_call_duration_seconds_count\{method="ping"\} 3$/m);
    expect(connected).toMatch(/^im_gateway_call_duration_seconds_bucket\{le="\+Inf",method="other"\} 3$/m);
    expect(connected).toMatch(/^im_messages_stored_total 1$/m);
    expect(connected).toMatch(/^im_gateway_frames_delivered_total 1$/m);

    alice.close();
    await expect.poll(scrape).toMatch(/^im_gateway_closes_total\{code="left"\} 1$/m);
    expect(await scrape()).toMatch(/^im_gateway_connections 0$/m);
    child.kill("SIGTERM");
    expect(await exitOf(child)).toBe(0);
  });

  test("a metrics address that is taken is one sentence with the variable to set, and code 1", async () => {
    const port = await takenPort();
    const service = startService(await freePort(), workers, `127.0.0.1:${port}`);
    expect(await exitOf(service.child)).toBe(1);
    expect(service.errors()).toContain(`METRICS_ADDRESS 127.0.0.1:${port} cannot be listened on`);
  }, 60_000);

  test.each(["1", "2"])(
    "a database of a newer version, and another key, are one sentence and code 1 (%s)",
    {
      timeout: 60_000,
    },
    async (workers) => {
      const { db, owner } = context();
      const refused = async () => {
        const { child, errors } = startService(await freePort(), workers);
        expect(await exitOf(child)).toBe(1);
        return errors();
      };
      await owner.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ('later', '', '99990101000000_later', now(), now(), 1)`,
      );
      expect(await refused()).toMatch(/^The database was made by a newer version .*99990101000000_later.*\n/);
      await owner.query("DELETE FROM _prisma_migrations WHERE id = 'later'");
      await saveRetiredKeys(db.prisma, createSecretBox("11".repeat(32)), [], new Date());
      expect(await refused()).toMatch(/^MASTER_KEY is not the key .*\n/);
      await db.prisma.installationFact.deleteMany({ where: { key: "retired_master_keys" } });
    },
  );

  test("a taken port is one sentence with the variable to set, and code 1", { timeout: 60_000 }, async () => {
    const port = await takenPort();
    const service = startService(port, workers);
    expect(await exitOf(service.child)).toBe(1);
    expect(service.errors()).toContain(`Port ${port} is taken. Set SERVICE_PORT to a free port.`);
  });
});

describe("several processes", () => {
  test("a connection that was on its way to one that is killed is reset at once", { timeout: 120_000 }, async () => {
    const { port, pids } = await startReady("2");
    await expect.poll(() => pids().length, { timeout: 20_000 }).toBe(2);
    const [victim] = pids();
    // Takes nothing more, as in the moment before it dies.
    process.kill(Number(victim), "SIGSTOP");
    const outcomes = Array.from({ length: 6 }, () =>
      fetch(`http://127.0.0.1:${port}/healthz`, { headers: { connection: "close" } }).then(
        (response) => String(response.status),
        () => "reset",
      ),
    );
    const settled = async () => {
      const waiting = Promise.resolve("waiting");
      return (await Promise.all(outcomes.map((outcome) => Promise.race([outcome, waiting])))).sort();
    };
    await expect.poll(settled, { timeout: 20_000 }).toEqual(["200", "200", "200", "200", "200", "waiting"]);
    process.kill(Number(victim), "SIGKILL");
    await expect.poll(settled, { timeout: 10_000 }).toEqual(["200", "200", "200", "200", "200", "reset"]);
  });

  test("one that dies is replaced, and requests go on being served", { timeout: 60_000 }, async () => {
    const { child, port, pids } = await startReady("2");
    await expect.poll(() => pids().length).toBe(2);
    const [victim] = pids();
    process.kill(Number(victim), "SIGKILL");
    await expect.poll(() => pids().length, { timeout: 20_000 }).toBe(3);
    for (let request = 0; request < 10; request += 1) {
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    }
    child.kill("SIGTERM");
    expect(await exitOf(child)).toBe(0);
  });
});
