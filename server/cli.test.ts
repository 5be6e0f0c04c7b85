import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findEnvironment } from "@/lib/core/apps/environment-store";
import { TEST_MASTER_KEY, testContext } from "@/test/support/context";
import { sealAll } from "@/test/support/sealing";
import { main } from "./cli";

/** The command line on a real database. */
const context = testContext();
const folder = mkdtempSync(path.join(tmpdir(), "im-cli-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

const settings = (env: Record<string, string> = {}): Record<string, string> => ({
  DATABASE_URL: context().url,
  MASTER_KEY: TEST_MASTER_KEY,
  DATA_DIR: path.join(folder, "data"),
  CONSOLE_PORT: "18731",
  SERVICE_PORT: "18732",
  ...env,
});

async function cli(args: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const ended: Ended = { code: null, stdout: "", stderr: "" };
  const code = await main(args, {
    env: settings(env),
    out: (text) => {
      ended.stdout += text;
    },
    err: (text) => {
      ended.stderr += text;
    },
  });
  return { ...ended, code };
}

/** The same in a process of its own, as operators run it. */
function cliProcess(args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const env: NodeJS.ProcessEnv = { ...process.env, ...settings(), NODE_ENV: "production" };
    execFile(process.execPath, ["scripts/cli.mjs", ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });
}

async function json(args: readonly string[]) {
  const { code, stdout, stderr } = await cli([...args, "--json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout);
}

describe("the process", () => {
  test("prints the JSON alone on standard output and ends with 0", async () => {
    const { code, stdout, stderr } = await cliProcess(["apps", "create", "--name", "Process", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ name: "Process", environments: [{ name: "development" }] });
  }, 60_000);

  test("ends with 2 and nothing on standard output when it is wrongly typed", async () => {
    const ended = await cliProcess(["apps", "list", "--wrong"]);
    expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("--wrong") });
  }, 60_000);
});

describe("apps", () => {
  test("create, list, keys and plan tell the same story, and every change is audited as the command line's", async () => {
    const app = await json(["apps", "create", "--name", "Chat für alle"]);
    expect(app).toEqual({
      id: expect.stringMatching(/^app-/),
      name: "Chat für alle",
      plan: "free",
      expiresAt: null,
      environments: [{ name: "development", appKey: expect.any(String), appSecret: expect.any(String) }],
    });
    expect(await json(["apps", "keys", "--app", app.id, "--env", "development"])).toEqual(app.environments[0]);
    expect((await json(["apps", "list"])).map((row: { id: string }) => row.id)).toContain(app.id);
    const changed = await json(["apps", "plan", "--app", app.id, "--plan", "starter"]);
    expect(changed).toMatchObject({ id: app.id, plan: "starter", environments: ["development", "production"] });
    const production = await findEnvironment(context().db.prisma, app.id, "production");
    expect((await json(["apps", "keys", "--app", app.id, "--env", "production"])).appKey).toBe(production?.ref.appKey);
    const audit = await context().db.prisma.auditEntry.findMany({
      where: { environmentId: production?.ref.id ?? -1 },
    });
    expect(audit.map((entry) => [entry.action, entry.actorKind, entry.source])).toEqual(
      expect.arrayContaining([
        ["app.plan_changed", "system", "cli"],
        ["keys.secret_revealed", "system", "cli"],
      ]),
    );
  });

  test("limit changes how many users Development may have, within its bounds", async () => {
    const app = await json(["apps", "create", "--name", "Load tests"]);
    expect(await json(["apps", "limit", "--app", app.id, "--users", "500"])).toEqual({
      id: app.id,
      name: "Load tests",
      userLimit: 500,
    });
    expect((await findEnvironment(context().db.prisma, app.id, "development"))?.ref.userLimit).toBe(500);
    for (const users of ["9", "10001", "many"]) {
      const refused = await cli(["apps", "limit", "--app", app.id, "--users", users]);
      expect(refused).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("(invalid_parameter)") });
    }
  });

  test("what does not exist is refused in a sentence with its code", async () => {
    const plan = await cli(["apps", "plan", "--app", "app-none", "--plan", "starter"]);
    expect(plan).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(/app-none.*\(not_found\)/) });
    const app = await json(["apps", "create", "--name", "Closed"]);
    const keys = await cli(["apps", "keys", "--app", app.id, "--env", "production"]);
    expect(keys).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("(not_found)") });
    const empty = await cli(["apps", "create", "--name", " "]);
    expect(empty).toMatchObject({ code: 1, stdout: "", stderr: expect.stringContaining("(invalid_parameter)") });
  });
});

describe("runs", () => {
  test("start, extend, list and end tell the same story, and every act is audited as the command line's", async () => {
    const { id: app } = await json(["apps", "create", "--name", "Runs"]);
    const flags = ["--app", app, "--run", "pw-4711"];
    const started = await json(["runs", "start", ...flags, "--label", "Nightly", "--ttl", "90m", "--reserve", "20"]);
    expect(started).toMatchObject({ id: "pw-4711", label: "Nightly", state: "live", reserved: 20, seats: 20 });
    const until = Date.parse(started.expiresAt) - Date.parse(started.startedAt);
    expect(until).toBe(90 * 60_000);
    expect(await json(["runs", "extend", ...flags, "--ttl", "7d", "--reserve", "5"])).toMatchObject({ reserved: 5 });
    expect(await json(["runs", "list", "--app", app])).toMatchObject([{ id: "pw-4711", startedBy: "Command line" }]);
    expect((await cli(["runs", "list", "--app", app])).stdout).toMatch(/^run .*\npw-4711 +live +0 of 5 reserved/);
    const planned = await json(["runs", "end", ...flags, "--dry-run"]);
    expect(planned).toEqual({ runId: "pw-4711", dryRun: true, users: 0, userIds: [] });
    expect(await json(["runs", "end", ...flags])).toEqual({ runId: "pw-4711", users: 0, jobId: null });
    expect(await json(["runs", "list", "--app", app])).toEqual([]);
    expect(await json(["runs", "list", "--app", app, "--all"])).toMatchObject([{ id: "pw-4711", state: "ended" }]);
    const environment = await findEnvironment(context().db.prisma, app, "development");
    const audit = await context().db.prisma.auditEntry.findMany({
      where: { environmentId: environment?.ref.id ?? -1, targetKind: "test_run" },
      orderBy: { id: "asc" },
    });
    expect(audit.map(({ action, source }) => [action, source])).toEqual([
      ["test_run.started", "cli"],
      ["test_run.extended", "cli"],
      ["test_run.ended", "cli"],
    ]);
  });

  test("what is wrongly typed, or refused, changes nothing", async () => {
    const { id: app } = await json(["apps", "create", "--name", "Runs"]);
    const typed = await cli(["runs", "start", "--app", app, "--ttl", "soon"]);
    expect(typed).toMatchObject({ code: 2, stdout: "", stderr: expect.stringContaining("like 90m, 2h or 7d") });
    expect(await cli(["runs", "extend", "--app", app, "--run", "pw"])).toMatchObject({ code: 2, stdout: "" });
    const refused = await cli(["runs", "start", "--app", app, "--reserve", "101"]);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining("(seats_not_free)") });
    const long = await cli(["runs", "start", "--app", app, "--ttl", "8d"]);
    expect(long).toMatchObject({ code: 1, stderr: expect.stringContaining("(invalid_parameter)") });
    expect(await json(["runs", "list", "--app", app, "--all"])).toEqual([]);
  });
});

describe("operators", () => {
  test("create makes an operator who is named after the address unless told otherwise", async () => {
    const flags = ["--email", "Ana@Example.com", "--password", "a rather long password 1", "--role", "admin"];
    const operator = await json(["operators", "create", ...flags]);
    expect(operator).toMatchObject({ email: "ana@example.com", role: "admin" });
    const stored = await context().db.prisma.operator.findUnique({ where: { email: "ana@example.com" } });
    expect(stored?.passwordHash).toMatch(/^\$argon2id\$/);
    expect(await json(["operators", "unlock", "--email", "ana@example.com"])).toMatchObject({ wasLocked: false });
    const again = await cli(["operators", "create", ...flags]);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("(email_taken)") });
    const { link } = await json(["operators", "reset-password", "--email", "Ana@example.com"]);
    expect(link).toMatch(/^http:\/\/localhost:18731\/reset\/[\w-]{43}$/);
    await json(["operators", "reset-factors", "--email", "ana@example.com"]);
    expect(await json(["operators", "remove", "--email", "ana@example.com"])).toMatchObject({
      email: "ana@example.com",
    });
    const gone = await cli(["operators", "remove", "--email", "ana@example.com"]);
    expect(gone).toMatchObject({ code: 1, stderr: expect.stringContaining("(not_found)") });
  });

  test("break-glass lets an owner in for an hour and prints a link, unlink forgets an account, allow-from opens the console", async () => {
    for (const role of ["owner", "admin"]) {
      const flags = ["--email", `${role}@glass.example.com`, "--password", "a rather long password 1", "--role", role];
      await json(["operators", "create", ...flags]);
    }
    const broken = await json(["operators", "break-glass", "--email", "owner@glass.example.com"]);
    expect(broken.link).toMatch(/\/reset\/[\w-]{43}$/);
    expect(Math.round((Date.parse(broken.until) - Date.now()) / 60_000)).toBe(60);
    const admin = await cli(["operators", "break-glass", "--email", "admin@glass.example.com"]);
    expect(admin).toMatchObject({ code: 1, stderr: expect.stringContaining("(forbidden)") });
    expect(await json(["operators", "unlink", "--email", "owner@glass.example.com"])).toMatchObject({ accounts: 0 });
    const networks = "10.0.0.0/8,2001:db8::/32";
    expect(await json(["operators", "allow-from", "--networks", networks])).toEqual({ networks });
    expect((await cli(["operators", "allow-from", "--networks", "10.0.0.0/99"])).code).toBe(1);
    expect((await cli(["operators", "allow-from"])).code).toBe(2);
    expect(await json(["operators", "allow-from", "--any"])).toEqual({ networks: "" });
  });
});

describe("tokens", () => {
  test("create prints a token that works, list says whose, revoke ends it", async () => {
    const email = "ci@example.com";
    await json(["operators", "create", "--email", email, "--password", "a rather long password 1", "--role", "owner"]);
    const flags = ["--email", email, "--name", "ci-main", "--scopes", "apps,runs", "--ttl", "2h"];
    const made = await json(["tokens", "create", ...flags]);
    expect(made).toMatchObject({
      token: expect.stringMatching(/^imt_/),
      scopes: ["runs", "apps"],
      operator: { email },
    });
    expect(Date.parse(made.expiresAt)).toBeLessThanOrEqual(Date.now() + 2 * 3_600_000);
    const again = await cli(["tokens", "create", ...flags]);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("(invalid_parameter)") });
    expect((await cli(["tokens", "create", "--name", "x", "--scopes", "all"])).code).toBe(2);
    const listed = await cli(["tokens", "list"]);
    expect(listed.stdout).toContain(email);
    expect(listed.stdout).not.toContain(made.token);
    expect(await json(["tokens", "revoke", "--id", made.id])).toEqual({ id: made.id, name: "ci-main", email });
    expect((await json(["tokens", "list"])).map(({ id }: { id: string }) => id)).not.toContain(made.id);
  });
});

describe("seed", () => {
  test("demo: 60 users in many states, with the history behind them; a repeat is refused", async () => {
    const app = await json(["apps", "create", "--name", "Demo"]);
    const made = await json(["seed", "demo", "--app", app.id]);
    expect(made.users).toHaveLength(60);
    const id = (await findEnvironment(context().db.prisma, app.id, "development"))?.ref.id ?? -1;
    const users = await context().db.prisma.user.findMany({ where: { environmentId: id } });
    const now = new Date();
    const count = (state: (user: (typeof users)[number]) => boolean) => users.filter(state).length;
    expect(users).toHaveLength(60);
    expect(count((user) => (user.bannedUntil ?? now) > now)).toBeGreaterThan(3);
    expect(count((user) => user.softDeletedAt !== null)).toBeGreaterThan(1);
    const groups = await context().db.prisma.group.findMany({
      where: { environmentId: id },
      include: { members: true },
    });
    expect(groups).toHaveLength(made.groups.length);
    for (const group of groups) expect(group.memberCount).toBe(group.members.length);
    expect(count((user) => user.softDeletedAt !== null && user.name !== "")).toBe(0);
    const gone = new Set(users.flatMap((user) => (user.softDeletedAt === null ? [] : user.userId)));
    const profiles = await context().db.prisma.userProfile.findMany({ where: { environmentId: id } });
    expect(profiles.length).toBeGreaterThan(40);
    expect(profiles.filter((profile) => gone.has(profile.userId))).toEqual([]);
    expect(await context().db.prisma.userTags.count({ where: { environmentId: id } })).toBeGreaterThan(10);
    expect(count((user) => user.lastSeenAt === null)).toBeGreaterThan(3);
    expect(count((user) => (user.lastSeenAt ?? now) < user.createdAt)).toBe(0);
    expect(count((user) => user.tokensValidFrom !== null)).toBeGreaterThan(3);
    expect(count((user) => user.createdAt > now)).toBe(0);
    const bans = await context().db.prisma.ban.findMany({ where: { environmentId: id } });
    expect(bans.filter((ban) => ban.liftedAt !== null).length).toBeGreaterThan(3);
    expect(bans.filter((ban) => ban.endsAt <= now).length).toBeGreaterThan(5);
    const audited = await context().db.prisma.auditEntry.count({ where: { environmentId: id, action: "user.banned" } });
    expect(audited).toBe(bans.length);
    const again = await cli(["seed", "demo", "--app", app.id]);
    expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining("already") });
  });

  test("large: production users by bulk load, spread as promised; a repeat adds none", async () => {
    const app = await json(["apps", "create", "--name", "Large"]);
    const first = await cli(["seed", "large", "--users", "30000", "--app", app.id, "--json"]);
    expect(first.code).toBe(0);
    expect(first.stderr).toContain("30,000 of 30,000 users");
    expect(JSON.parse(first.stdout)).toMatchObject({ users: 30_000, environment: "production" });
    const id = (await findEnvironment(context().db.prisma, app.id, "production"))?.ref.id ?? -1;
    const [spread] = await context().db.prisma.$queryRaw<Record<string, number>[]>`
      SELECT count(*)::int AS users, (count(*) FILTER (WHERE banned_until > now()))::int AS banned,
        (count(*) FILTER (WHERE soft_deleted_at IS NOT NULL))::int AS deleted,
        (count(*) FILTER (WHERE last_seen_at IS NULL))::int AS never,
        (count(*) FILTER (WHERE last_seen_at < created_at OR last_seen_at > now() OR created_at > now()))::int AS absurd,
        (count(DISTINCT name))::int AS names, (SELECT count(*)::int FROM bans WHERE environment_id = ${id}) AS bans
      FROM users WHERE environment_id = ${id}`;
    expect(spread).toMatchObject({ users: 30_000, absurd: 0, bans: spread?.banned });
    expect(spread?.banned).toBeGreaterThan(200);
    expect(spread?.banned).toBeLessThan(400);
    expect(spread?.deleted).toBeGreaterThan(90);
    expect(spread?.deleted).toBeLessThan(220);
    expect(spread?.never).toBeGreaterThan(2000);
    expect(spread?.names).toBeGreaterThan(3000);
    expect(await cli(["seed", "large", "--users", "30000", "--app", app.id, "--json"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('"users":0'),
    });
  });
});

describe("doctor", () => {
  test("finds nothing wrong with a sound database and key, and says what is wrong otherwise", async () => {
    await json(["apps", "create", "--name", "Doctor"]);
    const sound = await cli(["doctor", "--json"]);
    const findings = JSON.parse(sound.stdout).findings as { check: string; state: string; detail: string }[];
    const of = (check: string) => findings.find((finding) => finding.check === check);
    expect(of("database")?.state).toBe("ok");
    expect(of("migrations")?.state).toBe("ok");
    expect(of("master key")).toMatchObject({ state: "ok", detail: "MASTER_KEY opens the stored secrets" });
    const otherKey = await cli(["doctor"], { MASTER_KEY: "1".repeat(64) });
    expect(otherKey).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/WRONG {2}master key: MASTER_KEY does not open/),
    });
    const noDatabase = await cli(["doctor"], { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" });
    expect(noDatabase).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/WRONG {2}database: .*nothing listens/),
    });
  });
});

describe("the audit log", () => {
  test("is compared with its seals by `audit check` and `doctor`, which name what does not fit", async () => {
    const { id } = await json(["apps", "create", "--name", "Sealed"]);
    const environment = await findEnvironment(context().db.prisma, id, "development");
    if (environment === null) throw new Error("the app has no environment");
    await sealAll(context(), environment.ref.id);
    const { logs } = await json(["audit", "check"]);
    expect(logs.find(({ name }: { name: string }) => name === "Sealed development")).toMatchObject({
      entries: 1,
      misfits: [],
      head: { sequence: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect((await cli(["doctor"])).stdout).toMatch(/ok {5}audit log: all \d+ sealed entries are as they were written/);
    const { rows } = await context().owner.query<{ id: string }>(
      "UPDATE audit_entries SET actor_name = 'Nobody' WHERE environment_id = $1 RETURNING id",
      [environment.ref.id],
    );
    const sentence = `Entry ${rows[0]?.id} was changed after it was sealed.`;
    expect(await cli(["audit", "check"])).toMatchObject({ code: 1, stdout: expect.stringContaining(sentence) });
    expect((await cli(["doctor"])).stdout).toContain(`WRONG  audit log: Sealed development: ${sentence}`);
    await context().owner.query("UPDATE audit_entries SET actor_name = 'Command line' WHERE actor_name = 'Nobody'");
  });
});

describe("doctor, of the two ports", () => {
  test.each([
    ["a process of this product", { "x-start-mark": "some" }, "ok"],
    ["another program that answers 200 to everything", {}, "wrong"],
  ])("takes %s for what it is", async (_, headers, state) => {
    const server = createServer((_request, response) => response.writeHead(200, headers).end());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const { stdout } = await cli(["doctor", "--json"], { CONSOLE_PORT: String(port) });
    const findings = JSON.parse(stdout).findings as { check: string; state: string; detail: string }[];
    expect(findings.find(({ check }) => check === "console")?.state).toBe(state);
    server.closeAllConnections();
    server.close();
  });
});

describe("a database that a newer version has migrated", () => {
  beforeAll(async () => {
    await context().owner.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES ('later', '', '99990101000000_later', now(), now(), 1)`,
    );
  });
  afterAll(async () => {
    await context().owner.query("DELETE FROM _prisma_migrations WHERE id = 'later'");
  });

  test("is refused by every command, and doctor says the same", async () => {
    const sentence = /made by a newer version of this product: it has the migration 99990101000000_later\. Start that/;
    expect(await cli(["apps", "list"])).toMatchObject({ code: 1, stdout: "", stderr: expect.stringMatching(sentence) });
    const doctor = await cli(["doctor", "--json"]);
    const findings = JSON.parse(doctor.stdout).findings as { check: string; state: string; detail: string }[];
    expect(findings.find(({ check }) => check === "migrations")).toMatchObject({
      state: "wrong",
      detail: expect.stringMatching(sentence),
    });
  });
});

describe("a wrongly typed command line", () => {
  test.each([
    [["frobnicate"], /There is no command "frobnicate"/],
    [["apps"], /`apps` needs a word after it: apps create, apps list/],
    [["apps", "destroy"], /There is no command "apps destroy": apps create/],
    [["apps", "create"], /--name is missing/],
    [["apps", "create", "--nam", "x"], /Unknown option '--nam'.*Usage: apps create/],
    [["apps", "create", "--name"], /--name/],
    [["apps", "list", "extra"], /"extra" is not expected/],
    [["apps", "keys", "--app", "x", "--env", "staging"], /--env must be development, production, not "staging"/],
    [["seed"], /Name a scenario/],
    [["seed", "huge"], /There is no scenario "huge"/],
    [["seed", "friends", "bans"], /"bans" is not expected/],
    [["reset", "huge"], /There is no scenario "huge"/],
    [["seed", "large", "--users", "10000001"], /--users must be a whole number from 1 to 10000000/],
  ])("%j is exit code 2 and one sentence on standard error", async (args, sentence) => {
    const ended = await cli(args);
    expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(sentence) });
    expect(ended.stderr).not.toMatch(/^\s+at /m);
  });

  test("--help names every command and costs no database", async () => {
    const ended = await cli(["--help"], { DATABASE_URL: "postgresql://nobody@127.0.0.1:1/none" });
    expect(ended.code).toBe(0);
    for (const name of [
      "apps create",
      "apps list",
      "apps keys",
      "apps plan",
      "apps limit",
      "operators create",
      "operators set-password",
      "operators unlock",
      "operators reset-password",
      "operators remove",
      "operators reset-factors",
      "tokens create",
      "tokens list",
      "tokens revoke",
      "seed",
      "seed large",
      "reset",
      "doctor",
    ]) {
      expect(ended.stdout).toContain(name);
    }
  });
});

describe("the master key", () => {
  test("a wrong one stops a command before it reads or writes a secret", async () => {
    const app = await json(["apps", "create", "--name", "Locked"]);
    const ended = await cli(["apps", "keys", "--app", app.id, "--env", "development"], { MASTER_KEY: "2".repeat(64) });
    expect(ended).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringContaining("is not the one that the secrets"),
    });
  });

  test("a missing one is not made anew while the database holds secrets", async () => {
    const ended = await cli(["apps", "list"], { MASTER_KEY: "", DATA_DIR: path.join(folder, "fresh") });
    expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining("their master key is missing") });
  });
});
