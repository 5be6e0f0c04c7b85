import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import {
  appServerOf,
  createTestApp,
  operatorOf,
  systemOf,
  type TestEnvironment,
  testContext,
} from "@/test/support/context";
import { wrongCounts } from "@/test/support/relations";
import { listAuditEntries } from "../audit/list-audit-entries";
import { startTestRun } from "../test-runs/start-test-run";
import { listUsers } from "../users/list-users";
import { registerUser } from "../users/register-user";
import { SCENARIO_NAMES, SCENARIOS, type ScenarioName } from "./facts";
import { resetEnvironment } from "./reset-environment";
import { seedScenario } from "./seed-scenario";

const context = testContext();
let at: TestEnvironment;
let production: TestEnvironment;

beforeAll(async () => {
  const app = await createTestApp(context());
  at = app.development;
  production = app.production;
});

/** Of a program: a person at the console types a phrase. */
const admin = () => ({ ...operatorOf("admin", at.ref), source: "console_api" as const });

/** Everything of an environment that a test may look at; times to the millisecond, from the first registration. */
async function shown() {
  const where = { environmentId: at.ref.id };
  const db = context().db.prisma;
  const users = await db.user.findMany({ where, orderBy: [{ createdAt: "asc" }, { userId: "asc" }] });
  const begin = users[0]?.createdAt.getTime() ?? 0;
  const since = (time: Date | null) => (time === null ? null : time.getTime() - begin);
  const bans = await db.ban.findMany({ where, orderBy: [{ userId: "asc" }, { startsAt: "asc" }] });
  return {
    users: users.map((user) => [
      user.userId,
      user.name,
      since(user.createdAt),
      since(user.bannedUntil),
      since(user.softDeletedAt),
      user.friendCount,
      user.blockedCount,
    ]),
    bans: bans.map((ban) => [ban.userId, since(ban.startsAt), since(ban.endsAt), ban.liftedAt !== null, ban.reason]),
    groups: (await db.group.findMany({ where, orderBy: { groupId: "asc" } })).map((group) => [
      group.groupId,
      group.name,
      group.ownerId,
      group.memberCount,
    ]),
    friends: (await db.friendship.findMany({ where, orderBy: [{ userId: "asc" }, { friendId: "asc" }] })).map(
      ({ userId, friendId }) => `${userId} ${friendId}`,
    ),
    requests: (await db.friendRequest.findMany({ where, orderBy: { requesterId: "asc" } })).map(
      ({ requesterId, targetId }) => `${requesterId} ${targetId}`,
    ),
    messages: await db.message.count({ where }),
    waves: await db.registrationWave.count({ where: { ...where, endedAt: null } }),
    bannedNow: users.filter(
      ({ bannedUntil, softDeletedAt }) =>
        softDeletedAt === null && bannedUntil !== null && bannedUntil.getTime() > context().now(),
    ).length,
  };
}

type Shown = Awaited<ReturnType<typeof shown>> & { readonly audit: number };

const rows: string[] = [];

function tableRow(name: ScenarioName, made: Shown): string {
  const counts = [
    made.users.length,
    made.bannedNow,
    made.users.filter(([, , , , deleted]) => deleted !== null).length,
    made.friends.length / 2,
    made.groups.length,
    made.messages,
    made.audit,
  ];
  return `| \`${name}\` | ${counts.join(" | ")} | ${SCENARIOS[name]} |`;
}

describe.each(SCENARIO_NAMES)("the scenario %s", (scenario) => {
  test("is the same whatever was there, follows the rules, and comes in seconds", async () => {
    const seen: Shown[] = [];
    const took: number[] = [];
    for (const former of [null, "demo"] as const) {
      if (former !== null) await resetEnvironment(context(), admin(), { scenario: former });
      const logged = () => context().db.prisma.auditEntry.count({ where: { environmentId: at.ref.id } });
      const before = await logged();
      const began = performance.now();
      const result = await resetEnvironment(context(), admin(), { scenario });
      took.push(performance.now() - began);
      expect(result.stillOpen).toBe(0);
      const made = await shown();
      seen.push({ ...made, audit: (await logged()) - before - 1 });
      expect(await wrongCounts(context(), at.ref)).toEqual([]);
      expect(result.users.map(({ userId }) => userId).sort()).toEqual(made.users.map(([userId]) => userId).sort());
      expect(result.groups.map(({ groupId }) => groupId).sort()).toEqual(
        made.groups.map(([groupId]) => groupId).sort(),
      );
    }
    const [first, second] = seen;
    expect(second).toEqual(first);
    // Two seconds, with room for a machine that does five other things.
    expect(Math.min(...took)).toBeLessThan(8_000);
    if (first !== undefined) rows.push(tableRow(scenario, first));
  });
});

test("docs/scenarios.md says what each of them makes", () => {
  const page = readFileSync("docs/scenarios.md", "utf8");
  const stands = /<!-- scenarios -->\n([\s\S]*?)<!-- \/scenarios -->/.exec(page)?.[1];
  const heads = [
    "scenario",
    "users",
    "banned now",
    "soft-deleted",
    "friendships",
    "groups",
    "messages",
    "audit entries",
  ];
  const table = [
    `| ${[...heads, "what is in it"].join(" | ")} |`,
    `|${"---|".repeat(heads.length + 1)}`,
    ...rows,
    "",
  ].join("\n");
  expect(stands).toBe(table);
});

describe("what stands for each scenario", () => {
  test("friends: a list, requests and a block as they were meant", async () => {
    await resetEnvironment(context(), admin(), { scenario: "friends" });
    const made = await shown();
    expect(made.friends).toEqual([
      "alice bob",
      "alice carol",
      "alice dave",
      "alice erin",
      "bob alice",
      "bob carol",
      "carol alice",
      "carol bob",
      "dave alice",
      "erin alice",
    ]);
    expect(made.requests).toEqual(["alice grace", "frank alice"]);
    const { rows: listed } = await listUsers(context(), admin(), {});
    expect(listed.map(({ userId }) => userId)).toEqual(
      ["alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi"].reverse(),
    );
  });

  test("bans-ending: the ends are as far off as the ids say", async () => {
    const start = context().now();
    await resetEnvironment(context(), admin(), { scenario: "bans-ending" });
    const users = await context().db.prisma.user.findMany({ where: { environmentId: at.ref.id } });
    const left = Object.fromEntries(
      users.flatMap(({ userId, bannedUntil }) =>
        bannedUntil !== null && bannedUntil.getTime() > start
          ? [[userId, Math.round((bannedUntil.getTime() - start) / 60_000)]]
          : [],
      ),
    );
    expect(left).toEqual({ "ban-1m": 1, "ban-5m": 5, "ban-1h": 60, "ban-1d": 1440, "ban-30d": 43_200 });
  });

  test("full-quota: the next registration is refused", async () => {
    await resetEnvironment(context(), admin(), { scenario: "full-quota" });
    const next = registerUser(context(), appServerOf(at.ref), { userId: "one-more", name: "One more" });
    await expect(next).rejects.toMatchObject({ code: "user_quota_reached" });
  });

  test("wave: the console has one", async () => {
    await resetEnvironment(context(), admin(), { scenario: "wave" });
    expect((await shown()).waves).toBe(1);
  });
});

describe("seeding", () => {
  test("adds to what is there, and is recorded as whoever ordered it", async () => {
    await resetEnvironment(context(), admin(), {});
    await registerUser(context(), appServerOf(at.ref), { userId: "own", name: "Own" });
    const made = await seedScenario(context(), admin(), { scenario: "friends" });
    expect(made.users[0]).toEqual({ userId: "alice", name: "Alice" });
    expect(await context().db.prisma.user.count({ where: { environmentId: at.ref.id } })).toBe(9);
    const { rows: log } = await listAuditEntries(context(), admin(), { action: "scenario.seeded" });
    expect(log[0]).toMatchObject({ actor: { kind: "operator" }, after: { scenario: "friends" } });
  });

  test("is refused with nothing changed where one of its users or groups is there, or seats are missing", async () => {
    await resetEnvironment(context(), admin(), {});
    await registerUser(context(), appServerOf(at.ref), { userId: "heidi", name: "Other" });
    await expect(seedScenario(context(), admin(), { scenario: "friends" })).rejects.toMatchObject({
      code: "user_exists",
      message: expect.stringContaining("heidi"),
    });
    await seedScenario(context(), admin(), { scenario: "wave" });
    await expect(seedScenario(context(), admin(), { scenario: "demo" })).rejects.toMatchObject({
      code: "seats_not_free",
      message: expect.stringContaining("60 seats, and there are 39"),
    });
    expect(await context().db.prisma.user.count({ where: { environmentId: at.ref.id } })).toBe(61);
  });

  test("in a test run its users are the run's, and take the seats reserved for it", async () => {
    await resetEnvironment(context(), admin(), {});
    await startTestRun(context(), admin(), { id: "ci", reserved: 95 });
    await expect(seedScenario(context(), admin(), { scenario: "friends" })).rejects.toMatchObject({
      code: "seats_not_free",
    });
    await seedScenario(context(), admin(), { scenario: "friends", run: "ci" });
    const members = { where: { environmentId: at.ref.id, runId: "ci" } };
    expect(await context().db.prisma.testRunUser.count(members)).toBe(8);
  });

  test("of two that come at once, one is refused and none is half there", async () => {
    await resetEnvironment(context(), admin(), {});
    const both = await Promise.allSettled(
      [1, 2].map(() => seedScenario(context(), admin(), { scenario: "soft-deleted" })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "user_exists" } });
  });
});

describe("the fence", () => {
  test.each([
    ["seedScenario", seedScenario],
    ["resetEnvironment", resetEnvironment],
  ])("%s: never production, and admins at least", async (_, act) => {
    const input = { scenario: "friends" } as const;
    for (const actor of [operatorOf("owner", production.ref), systemOf(production.ref), appServerOf(production.ref)]) {
      await expect(act(context(), actor, input)).rejects.toMatchObject({ code: "development_only" });
    }
    for (const actor of [operatorOf("support", at.ref), operatorOf("viewer", at.ref), appServerOf(at.ref)]) {
      await expect(act(context(), actor, input)).rejects.toMatchObject({ code: "forbidden" });
    }
    const unknown = { scenario: "constructor" } as unknown as typeof input;
    await expect(act(context(), admin(), unknown)).rejects.toThrow(/no such scenario/);
    expect(await context().db.prisma.user.count({ where: { environmentId: production.ref.id } })).toBe(0);
  });
});
