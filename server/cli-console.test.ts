import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerConsoleApi } from "@/lib/console-api/answer";
import { byToken } from "@/lib/console-api/by-token";
import type { Operator } from "@/lib/core/actor";
import { createApp } from "@/lib/core/apps/create-app";
import { findEnvironment } from "@/lib/core/apps/environment-store";
import { type JobWorker, startJobWorker } from "@/lib/core/jobs/job-worker";
import { createToken } from "@/lib/core/operator-tokens/create-token";
import { SCOPE_NAMES } from "@/lib/core/operator-tokens/facts";
import { revokeToken } from "@/lib/core/operator-tokens/revoke-token";
import { fetchCall } from "@/lib/server-api/fetch-adapter";
import { startTesting } from "@/lib/testing";
import { TEST_MASTER_KEY, testContext } from "@/test/support/context";
import { createTestOperator } from "@/test/support/operators";
import { insertTestUsers } from "@/test/support/users";
import { main } from "./cli";
import { noteRunning } from "./installation/running";

/** Chores by the command line: on this installation, and with a token on the console of another. */
const context = testContext();
const home = mkdtempSync(path.join(tmpdir(), "im-cli-home-"));
let server: Server;
let url: string;
let owner: Operator;
let token: string;
let worker: JobWorker;

beforeAll(async () => {
  server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const request = new Request(`http://console${incoming.url}`, {
      method: incoming.method ?? "GET",
      headers: Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
    });
    const call = { ...fetchCall(request, ""), query: new URL(request.url).search.slice(1) };
    const answer = await answerConsoleApi(context(), call, byToken(context(), call), { consoleUrl: url, apiUrl: url });
    outgoing.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  owner = await createTestOperator(context(), "owner");
  token = (await createToken(context(), owner, { name: "ci", scopes: [...SCOPE_NAMES], appId: null, days: 1 })).token;
  worker = startJobWorker(context());
});
afterAll(async () => {
  await worker?.stop();
  server.closeAllConnections();
  server.close();
  rmSync(home, { recursive: true, force: true });
});

const local = (): Record<string, string> => ({ DATABASE_URL: context().url, MASTER_KEY: TEST_MASTER_KEY, HOME: home });
const remote = (): Record<string, string> => ({ HOME: home, IM_CONSOLE_URL: url, IM_CONSOLE_TOKEN: token });

async function cli(args: readonly string[], env: Record<string, string>) {
  let [stdout, stderr] = ["", ""];
  const code = await main(args, {
    env,
    out: (text) => {
      stdout += text;
    },
    err: (text) => {
      stderr += text;
    },
  });
  return { code, stdout, stderr };
}

async function json(args: readonly string[], env: Record<string, string>) {
  const { code, stdout, stderr } = await cli([...args, "--json"], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe.each([
  ["on this installation", local],
  ["on another machine’s console", remote],
] as const)("%s", (_, env) => {
  test("an app for a run, its users, a dry run, the deletion, the app’s end", { timeout: 60_000 }, async () => {
    const app = await json(["apps", "create", "--name", "CI", "--minutes", "60"], env());
    const in90Minutes = Date.now() + 90 * 60_000;
    expect(Date.parse(app.expiresAt)).toBeLessThan(in90Minutes);
    const flags = ["--app", app.id];
    expect(await json(["apps", "keys", ...flags, "--env", "development"], env())).toEqual(app.environments[0]);
    const ref = (await findEnvironment(context().db.prisma, app.id, "development"))?.ref;
    if (ref === undefined) throw new Error("the app has no Development environment");
    await insertTestUsers(context(), ref, [{ userId: "ci-a" }, { userId: "ci-b" }, { userId: "kept" }]);

    const ids = async () =>
      (await json(["users", "list", ...flags], env())).map(({ userId }: { userId: string }) => userId).sort();
    expect(await ids()).toEqual(["ci-a", "ci-b", "kept"]);
    expect(await json(["quota", ...flags], env())).toMatchObject({ used: 3, free: 97 });
    expect((await cli(["quota", ...flags, "--need", "98"], env())).code).toBe(1);

    const byPrefix = ["users", "delete", ...flags, "--prefix", "ci-"];
    expect(await json([...byPrefix, "--dry-run"], env())).toMatchObject({
      count: 2,
      deleted: 0,
      userIds: ["ci-a", "ci-b"],
    });
    expect(await ids()).toHaveLength(3);
    expect(await json(byPrefix, env())).toMatchObject({ count: 2, deleted: 2, failed: 0 });
    expect(await ids()).toEqual(["kept"]);
    expect(await json(byPrefix, env())).toMatchObject({ count: 0, deleted: 0 });

    const run = ["--run", "pw-1"];
    await json(["runs", "start", ...flags, ...run, "--ttl", "30m", "--reserve", "5", "--prefix", "pw-"], env());
    expect(await json(["quota", ...flags], env())).toMatchObject({ used: 1 });
    expect(await json(["runs", "list", ...flags], env())).toMatchObject([{ id: "pw-1", reserved: 5 }]);
    expect(await json(["runs", "extend", ...flags, ...run, "--ttl", "2h"], env())).toMatchObject({ id: "pw-1" });
    expect(await json(["runs", "end", ...flags, ...run, "--dry-run"], env())).toMatchObject({ users: 0 });
    expect(await json(["runs", "end", ...flags, ...run], env())).toMatchObject({ users: 0, jobId: null });

    expect(await json(["clock", "show", ...flags], env())).toMatchObject({ aheadMs: 0 });
    expect(await json(["clock", "advance", ...flags, "--by", "7d"], env())).toMatchObject({ aheadMs: 604_800_000 });
    const later = new Date(Date.now() + 8 * 86_400_000).toISOString();
    expect(await json(["clock", "set", ...flags, "--to", later], env())).toMatchObject({ time: later });
    expect(await cli(["clock", "set", ...flags, "--to", later], env())).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("(clock_backwards)"),
    });
    expect((await cli(["clock", "show", ...flags], env())).stdout).toContain("in real time it is");
    expect(await json(["clock", "reset", ...flags], env())).toMatchObject({ aheadMs: 0 });
    expect((await json(["seed", "friends", ...flags], env())).users).toHaveLength(8);
    const planned = await json(["reset", "unicode", ...flags, "--dry-run"], env());
    expect(planned).toMatchObject({ scenario: "unicode", dryRun: true, deleted: { users: 9, groups: 1 } });
    expect(await ids()).toHaveLength(9);
    expect(await json(["reset", "bans-ending", ...flags], env())).toMatchObject({ deleted: planned.deleted });
    expect(await ids()).toHaveLength(8);
    expect((await cli(["seed", "bans-ending", ...flags], env())).stderr).toContain("(user_exists)");
    expect(await json(["reset", ...flags], env())).toMatchObject({ scenario: "empty", users: [] });
    expect(await ids()).toEqual([]);

    expect(await json(["apps", "delete", ...flags, "--dry-run"], env())).toMatchObject({ deleted: false });
    expect(await json(["apps", "delete", ...flags], env())).toMatchObject({ deleted: true });
    const gone = await cli(["users", "list", ...flags], env());
    expect(gone).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("(not_found)") });
  });

  test("more users than a page has", async () => {
    const app = await json(["apps", "create", "--name", "Many", "--minutes", "60"], env());
    const ref = (await findEnvironment(context().db.prisma, app.id, "development"))?.ref;
    if (ref === undefined) throw new Error("the app has no Development environment");
    const userIds = Array.from({ length: 130 }, (_, index) => ({ userId: `u${index}` }));
    await insertTestUsers(context(), ref, userIds);
    expect(await json(["users", "list", "--app", app.id, "--most", "1000"], env())).toHaveLength(130);
    expect(await json(["users", "list", "--app", app.id, "--most", "7"], env())).toHaveLength(7);
  });
});

test("the testing package moves the clock of its own app, and goes back", async () => {
  const testing = await startTesting({ consoleUrl: url, token, label: "clock" });
  const [before, after] = [await testing.clock.now(), await testing.clock.advance("7d")];
  expect(after.getTime() - before.getTime()).toBeGreaterThanOrEqual(7 * 86_400_000);
  expect(testing.clock.moved).toBe(true);
  const later = new Date(after.getTime() + 3_600_000);
  expect(await testing.clock.set(later)).toEqual(later);
  await expect(testing.clock.set(after)).rejects.toMatchObject({ code: "clock_backwards" });
  expect(Math.abs((await testing.clock.reset()).getTime() - Date.now())).toBeLessThan(60_000);
  expect(testing.clock.moved).toBe(false);
  await testing.end();
});

test("jobs that share an app wait for their seats, and say so where they may not wait", async () => {
  const { id } = await createApp(context(), owner, { name: "Shared" });
  const job = { consoleUrl: url, token, app: id, reserved: 60 } as const;
  const first = await startTesting(job);
  await expect(startTesting(job)).rejects.toMatchObject({ code: "seats_not_free" });
  const byPackage = startTesting({ ...job, wait: "1m" });
  const flags = ["--app", id, "--run", "waits", "--reserve", "40", "--wait", "1m"];
  const byCommand = json(["runs", "start", ...flags], remote());
  await first.end();
  expect((await byPackage).run).toMatchObject({ reserved: 60 });
  expect(await byCommand).toMatchObject({ id: "waits", reserved: 40 });
  await (await byPackage).end();
});

describe("a token", () => {
  test("is kept by login for its address, in a file of its owner’s alone, and forgotten by logout", async () => {
    const env = { HOME: home };
    expect(await cli(["apps", "list", "--url", url], env)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--token is missing"),
    });
    const known = await json(["login", "--url", `${url}/`, "--token", token], env);
    expect(known).toMatchObject({ url, operator: { email: owner.email }, token: { name: "ci" } });
    expect(statSync(path.join(home, ".config/im-user-service/logins.json")).mode & 0o077).toBe(0);
    expect((await cli(["apps", "list", "--url", url], env)).code).toBe(0);
    expect((await cli(["logout", "--url", url], env)).code).toBe(0);
    expect((await cli(["apps", "list", "--url", url], env)).code).toBe(2);
    expect((await cli(["logout", "--url", url], env)).code).toBe(1);
  });

  test.each([
    ["that is wrong", () => ["--url", url, "--token", "imt_wrong"], 1, /There is no such token.*\(not_signed_in\)/],
    ["without an address", () => ["--token", "imt_x"], 2, /--url is missing/],
    ["for what is no address", () => ["--url", "console", "--token", "imt_x"], 2, /is no address of a console/],
    ["for an address where nobody is", () => ["--url", "http://127.0.0.1:1", "--token", "imt_x"], 1, /does not answer/],
  ])("%s is a sentence", async (_, flags, code, sentence) => {
    const ended = await cli(["apps", "list", ...flags()], { HOME: home });
    expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(sentence) });
    expect(ended.stderr).not.toMatch(/^\s+at /m);
  });

  test("for another program’s address is a sentence", async () => {
    const other = createServer((_request, response) => response.end("<html>"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const address = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
    const ended = await cli(["apps", "list", "--url", address, "--token", token], { HOME: home });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining("is no console") });
    other.closeAllConnections();
    other.close();
  });

  test("that is revoked is refused on the next call, and no token reads an App Secret of Production", async () => {
    const app = await json(["apps", "create", "--name", "Shop"], local());
    await json(["apps", "plan", "--app", app.id, "--plan", "starter"], local());
    const keys = ["apps", "keys", "--app", app.id, "--env", "production"];
    expect(await json(keys, local())).toMatchObject({ name: "production" });
    expect(await cli(keys, remote())).toMatchObject({ code: 1, stderr: expect.stringContaining("(development_only)") });
    const made = await createToken(context(), owner, { name: "short", scopes: ["read"], appId: null, days: 1 });
    const env = { HOME: home, IM_CONSOLE_URL: url, IM_CONSOLE_TOKEN: made.token };
    expect((await cli(["quota", "--app", app.id], env)).code).toBe(0);
    await revokeToken(context(), owner, { operatorId: owner.operatorId, tokenId: made.id });
    expect(await cli(["quota", "--app", app.id], env)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("revoked"),
    });
  });
});

describe("without an installation", () => {
  test("a command says so, and makes none", async () => {
    const dataDir = path.join(home, "nowhere");
    const ended = await cli(["apps", "list"], { HOME: home, DATA_DIR: dataDir });
    expect(ended).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining(`no installation in ${dataDir}`),
    });
    expect(existsSync(dataDir)).toBe(false);
  });

  test("that runs, a note of a process that is gone counts for nothing", () => {
    const forget = noteRunning({ HOME: home }, path.join(home, "data"));
    const folder = path.join(home, ".local/state/im-user-service/running");
    expect(readdirSync(folder)).toEqual([`${process.pid}.json`]);
    forget?.();
    expect(readdirSync(folder)).toEqual([]);
  });
});

test.each([
  [["users", "delete", "--app", "a"], /Say which users by one of --prefix/],
  [["users", "delete", "--app", "a", "--prefix", "a", "--ids", "b"], /Say which users by one of/],
  [["users", "list", "--app", "a", "--most", "many"], /--most must be a whole number/],
  [["apps", "create", "--name", "x", "--minutes", "soon"], /--minutes must be a whole number/],
])("%j is exit code 2", async (args, sentence) => {
  expect(await cli(args, local())).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(sentence) });
});
