import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer, type Server } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, afterEach, describe, expect, test } from "vitest";
import { parseEnv, START_MARK_HEADER } from "@/lib/env";
import { freePort } from "@/test/support/free-port";
import { withLock } from "../../scripts/setup/lock.mjs";
import { nodeIsNewEnough } from "../../scripts/setup/node-version.mjs";
import { checkDataDir } from "../installation/data-dir";
import { openInstallationDatabase } from "../installation/database";
import { reachableHost, reachNote } from "./addresses";
import { hashSources } from "./build";
import { readOptions } from "./options";
import { formatLine, readyBlock } from "./output";
import { checkPorts } from "./ports";
import { waitUntilReady } from "./readiness";

const folder = mkdtempSync(path.join(tmpdir(), "im-launcher-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function listening(host: string): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { port, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

describe("what stops a start", () => {
  test.each(["127.0.0.1", "0.0.0.0"])("a port that is taken on %s, with the variable that changes it", async (host) => {
    const other = await listening(host);
    const settings = { ...parseEnv({}), CONSOLE_PORT: other.port, SERVICE_PORT: other.port + 1 };
    await expect(checkPorts(settings)).rejects.toThrow(new RegExp(`Port ${other.port} is taken.*CONSOLE_PORT`));
    await other.close();
  });

  test("one port for both", async () => {
    await expect(checkPorts({ ...parseEnv({}), CONSOLE_PORT: 4000, SERVICE_PORT: 4000 })).rejects.toThrow(/both 4000/);
  });

  test("a metrics address that is taken, or is one of the two ports", async () => {
    const other = await listening("127.0.0.1");
    const [one, two] = [await freePort(), await freePort()];
    const settings = { ...parseEnv({}), CONSOLE_PORT: one, SERVICE_PORT: two };
    const at = (port: number) => checkPorts({ ...settings, METRICS_ADDRESS: { host: "127.0.0.1", port } });
    await expect(at(other.port)).rejects.toThrow(`METRICS_ADDRESS 127.0.0.1:${other.port} cannot be listened on`);
    await expect(at(two)).rejects.toThrow(/METRICS_ADDRESS .* \(it is SERVICE_PORT\)/);
    await other.close();
    await at(other.port);
  });

  test("a host that is no address of this machine, with the variable that says it", async () => {
    const settings = { ...parseEnv({}), CONSOLE_PORT: await freePort(), SERVICE_PORT: await freePort() };
    const at = (hosts: object) => checkPorts({ ...settings, METRICS_ADDRESS: "off", ...hosts });
    await expect(at({ CONSOLE_HOST: "192.0.2.1" })).rejects.toThrow(/CONSOLE_HOST 192\.0\.2\.1 .*0\.0\.0\.0/);
    await expect(at({ SERVICE_HOST: "no.such.host.invalid" })).rejects.toThrow(/SERVICE_HOST no\.such\.host\.invalid/);
    await at({ CONSOLE_HOST: "0.0.0.0", SERVICE_HOST: "localhost" });
  });

  test("a data directory whose path leads through a file", () => {
    const file = path.join(folder, "file");
    writeFileSync(file, "");
    expect(() => checkDataDir(path.join(file, "data"))).toThrow(/DATA_DIR.*cannot be written.*is a file/);
  });

  test("a DATABASE_URL that does not answer, without its password", async () => {
    const other = await listening("127.0.0.1");
    await other.close();
    const settings = parseEnv({ DATABASE_URL: `postgresql://im:hush@127.0.0.1:${other.port}/im` });
    const refused = openInstallationDatabase(settings, false);
    await expect(refused).rejects.toThrow(`DATABASE_URL (127.0.0.1:${other.port}/im) does not answer: nothing listens`);
    await expect(refused).rejects.not.toThrow(/hush/);
  });

  test("a Node that is too old", () => {
    expect(["18.20.0", "20.18.3", "8.0.0"].map(nodeIsNewEnough)).toEqual([false, false, false]);
    expect(["20.19.0", "20.20.1", "22.0.0", "24.1.0"].map(nodeIsNewEnough)).toEqual([true, true, true, true]);
  });

  test("a flag that does not exist", () => {
    expect(() => readOptions(["--redy-file", "x"])).toThrow(/--redy-file/);
    expect(readOptions(["--dev", "--ready-file", "x"])).toEqual({ dev: true, readyFile: "x", help: false });
  });
});

describe("hashSources", () => {
  test("changes with a source, not with a test or an unrelated file", () => {
    const root = path.join(folder, "sources");
    mkdirSync(path.join(root, "app"), { recursive: true });
    writeFileSync(path.join(root, "app", "page.tsx"), "one");
    const before = hashSources(root);
    writeFileSync(path.join(root, "app", "page.test.tsx"), "test");
    writeFileSync(path.join(root, "README.md"), "text");
    expect(hashSources(root)).toBe(before);
    writeFileSync(path.join(root, "app", "page.tsx"), "two");
    expect(hashSources(root)).not.toBe(before);
  });
});

describe("withLock", () => {
  test("lets one in at a time and gives the result back", async () => {
    const events: string[] = [];
    const work = (name: string) =>
      withLock(path.join(folder, "lock"), async () => {
        events.push(`${name} in`);
        await new Promise((resolve) => setImmediate(resolve));
        events.push(`${name} out`);
        return name;
      });
    expect(await Promise.all([work("a"), work("b")])).toEqual(["a", "b"]);
    expect(events.map((event) => event.split(" ")[1])).toEqual(["in", "out", "in", "out"]);
  });

  test("a holder that was killed does not keep others out", async () => {
    const lock = path.join(folder, "stale");
    mkdirSync(lock);
    writeFileSync(
      path.join(lock, "holder.json"),
      JSON.stringify({ pid: 2 ** 22 + 1, host: (await import("node:os")).hostname() }),
    );
    expect(await withLock(lock, async () => "in")).toBe("in");
  });
});

describe("formatLine", () => {
  const line = '{"level":30,"time":"2026-11-23T07:00:00.123Z","process":"service","msg":"request","code":200,"ms":3}';
  const forPrograms = (name: string, text: string, from: "stdout" | "stderr" = "stdout") =>
    formatLine(name, text, from, false);
  const forPeople = (name: string, text: string) => formatLine(name, text, "stdout", true);

  test("leaves log lines as they are for programs and makes them readable for people", () => {
    expect(forPrograms("service", line)).toBe(line);
    expect(forPeople("service", line)).toBe("07:00:00.123 INFO [service] request code=200 ms=3");
  });

  test("says who wrote other lines", () => {
    expect(forPrograms("console", "▲ Next.js")).toBe("[console] ▲ Next.js");
    expect(forPeople("console", "{ not json")).toBe("[console] { not json");
    expect(forPeople("console", "  ")).toBe("");
  });

  test("what a stranger has a library print never passes for a line of the log", () => {
    // `/_next/image?url=%2F%0A{…}`, and the id of a server action with a line break, were printed as they came.
    expect(forPrograms("service", line, "stderr")).toBe(`[service] ${line}`);
    for (const [name, text] of [
      ["console", line],
      ["service", '{"level":30,"msg":"mine"}'],
      ["service", line.slice(0, -4)],
      ["service", `${line} {}`],
    ] as const) {
      expect(forPrograms(name, text)).toBe(`[${name}] ${text}`);
      expect(forPeople(name, text)).toBe(`[${name}] ${text}`);
    }
  });

  test("nothing that was printed moves the cursor, colours, reorders or begins a line", () => {
    const tricks = "\u001b[31m \u009b2J \r \u0007 \u2028 \u202e \u0085";
    const escaped = "\\u001b[31m \\u009b2J \\u000d \\u0007 \\u2028 \\u202e \\u0085";
    expect(forPrograms("console", `a ${tricks}`)).toBe(`[console] a ${escaped}`);
    const logged = line.replace('"request"', JSON.stringify(tricks));
    expect(JSON.parse(forPrograms("service", logged))).toEqual(JSON.parse(logged));
    expect(forPrograms("service", logged)).not.toMatch(/[^ -~]/);
    expect(forPeople("service", logged)).toBe(`07:00:00.123 INFO [service] ${escaped} code=200 ms=3`);
    const failed = line.replace('"request"', '"failed","err":{"stack":"Error: one\\n07:00 INFO [service] two"}');
    expect(forPeople("service", failed)).toBe(
      "07:00:00.123 INFO [service] failed code=200 ms=3\n    Error: one\n    07:00 INFO [service] two",
    );
  });

  test("a line of the log is one for the launcher, as the log writes it", async () => {
    const program =
      'import { createLog } from "./lib/log.ts"; createLog({ level: "info", process: "service" }).info("ready");';
    const { stdout } = await promisify(execFile)(process.execPath, [
      "--import",
      "tsx",
      "--input-type=module",
      "-e",
      program,
    ]);
    expect(forPrograms("service", stdout.trimEnd())).toBe(stdout.trimEnd());
  });
});

describe("readyBlock", () => {
  const addresses = { consoleUrl: "http://c", apiUrl: "http://a", database: "embedded", reach: null, tookMs: 1234 };

  test("shows the set-up link only while nobody can sign in", () => {
    expect(readyBlock({ ...addresses, setupUrl: "http://c/setup?secret=s" })).toContain("http://c/setup?secret=s");
    expect(readyBlock({ ...addresses, setupUrl: null })).not.toContain("setup");
  });
});

describe("who reaches it", () => {
  const hosts = (CONSOLE_HOST: string, SERVICE_HOST: string) => reachNote({ CONSOLE_HOST, SERVICE_HOST });

  test("is said in one sentence, with what to set, as long as other machines do not", () => {
    expect(hosts("127.0.0.1", "localhost")).toBe(
      "Only this machine reaches the console and the service. To let other machines in, set CONSOLE_HOST=0.0.0.0 and SERVICE_HOST=0.0.0.0.",
    );
    expect(hosts("::1", "0.0.0.0")).toBe(
      "Only this machine reaches the console. To let other machines in, set CONSOLE_HOST=0.0.0.0.",
    );
    expect(hosts("192.0.2.7", "::")).toBeNull();
  });

  test("this machine reaches whatever they listen on", () => {
    const reached = ["0.0.0.0", "::", "127.0.0.1", "::1", "2001:db8::7", "host.example"].map(reachableHost);
    expect(reached).toEqual(["127.0.0.1", "127.0.0.1", "127.0.0.1", "[::1]", "[2001:db8::7]", "host.example"]);
  });
});

describe("waitUntilReady", () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  /** The address of a server that answers every request as told; null: never. */
  async function answering(answer: { status: number; mark?: string } | null): Promise<string> {
    const server = createHttpServer((_, response) => {
      if (answer === null) return;
      if (answer.mark !== undefined) response.setHeader(START_MARK_HEADER, answer.mark);
      response.writeHead(answer.status).end();
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/readyz`;
  }
  const stop = new AbortController().signal;
  const wait = (address: string, given: { limitMs: number; stop?: AbortSignal }) =>
    waitUntilReady([address], { mark: "ours", stop, ...given });

  test("ends when a process of this start is ready", async () => {
    await wait(await answering({ status: 200, mark: "ours" }), { limitMs: 5_000 });
  });

  test("believes no other program that it is ready, this product started twice among them", async () => {
    for (const mark of [undefined, "theirs"]) {
      const waiting = wait(await answering({ status: 200, mark }), { limitMs: 5_000 });
      await expect(waiting).rejects.toThrow(/^Port \d+ was taken by another program meanwhile/);
    }
  });

  test.each([
    ["is not ready", { status: 503, mark: "ours" }],
    ["never answers", null],
  ])("ends at its limit when a process %s, even after memory was cleaned up", async (_, answer) => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const cleaning = setInterval(collect, 50);
    const waiting = wait(await answering(answer), { limitMs: 1_000 });
    await expect(waiting).rejects.toThrow(/did not become ready within 1 s/);
    clearInterval(cleaning);
  });

  test("ends with the reason when it is stopped", async () => {
    const other = await listening("127.0.0.1");
    await other.close();
    const controller = new AbortController();
    const address = `http://127.0.0.1:${other.port}/readyz`;
    const waiting = wait(address, { limitMs: 5_000, stop: controller.signal });
    controller.abort(new Error("stopped"));
    await expect(waiting).rejects.toThrow("stopped");
  });
});
