import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import type { Actor } from "../actor";
import { type EnvironmentRef, INSTALLATION } from "../actor";
import { countNewerAuditEntries } from "./count-newer-audit-entries";
import { getAuditEntry } from "./get-audit-entry";
import { listAuditEntries, listUserActivity } from "./list-audit-entries";
import type { AuditListQueryInput, AuditRow } from "./list-schema";

const context = testContext();
const HOUR_MS = 3_600_000;
const START = Date.UTC(2026, 4, 1);

interface Entry {
  readonly at: Date;
  readonly actorKind: Actor["kind"];
  readonly actorId: string;
  readonly action: string;
  readonly targetKind: string;
  readonly targetId: string;
  readonly requestId: string;
  readonly result: string;
}

/** Entries whose ids, requests and targets overlap, with many ties in time, in no order of time. */
const entries: Entry[] = Array.from({ length: 300 }, (_, n) => ({
  at: new Date(START + ((n * 37) % 50) * HOUR_MS),
  actorKind: (["app_server", "app_server", "operator", "system"] as const)[n % 4] ?? "system",
  actorId: `actor-${n % 6}`,
  action: ["user.banned", "user.unbanned", "settings.changed"][n % 3] ?? "",
  targetKind: n % 3 === 2 ? "settings" : "user",
  targetId: n % 11 === 0 ? "actor-1" : `user-${n % 9}`,
  requestId: n % 13 === 0 ? "user-3" : `request-${n % 40}`,
  result: n % 10 === 0 ? "forbidden" : n % 25 === 3 ? "user_not_found" : "ok",
}));

let environment: EnvironmentRef;
let otherEnvironment: EnvironmentRef;

beforeAll(async () => {
  const app = await createTestApp(context());
  environment = app.development.ref;
  otherEnvironment = app.production.ref;
  const rows = (id: number) =>
    entries.map((entry) => ({ ...entry, environmentId: id, actorName: `In ${id}`, source: "console" }));
  for (const id of [environment.id, otherEnvironment.id, INSTALLATION]) {
    await context().db.prisma.auditEntry.createMany({ data: rows(id) });
  }
});

async function all(query: AuditListQueryInput): Promise<AuditRow[]> {
  const actor = operatorOf("admin", environment);
  const rows: AuditRow[] = [];
  let cursor: string | undefined;
  do {
    const page = await listAuditEntries(context(), actor, { ...query, size: 50, cursor });
    const first = page.rows[0];
    if (cursor !== undefined && first !== undefined) {
      const back = await listAuditEntries(context(), actor, { ...query, size: 50, cursor: page.previous ?? "" });
      expect(back.rows).toEqual(rows.slice(-50));
    }
    rows.push(...page.rows);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return rows;
}

function passes(entry: Entry, query: AuditListQueryInput): boolean {
  if (query.q !== undefined && ![entry.targetId, entry.requestId, entry.actorId].includes(query.q)) return false;
  if (query.action !== undefined && entry.action !== query.action) return false;
  if (query.actor !== undefined && entry.actorId !== query.actor) return false;
  if (query.actorKind !== undefined && entry.actorKind !== query.actorKind) return false;
  if (query.user !== undefined && (entry.targetKind !== "user" || entry.targetId !== query.user)) return false;
  if (query.targetKind !== undefined && query.user === undefined && entry.targetKind !== query.targetKind) return false;
  if (query.request !== undefined && entry.requestId !== query.request) return false;
  if (
    query.result === "refused" ? entry.result === "ok" : query.result !== undefined && entry.result !== query.result
  ) {
    return false;
  }
  if (query.from !== undefined && entry.at < new Date(query.from)) return false;
  return query.to === undefined || entry.at <= new Date(query.to);
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });
const hour = fc.integer({ min: 0, max: 50 }).map((n) => new Date(START + n * HOUR_MS).toISOString());
const queryArbitrary = fc.record({
  q: maybe(fc.constantFrom("user-3", "actor-1", "request-7", "nobody")),
  action: maybe(fc.constantFrom("user.banned" as const, "settings.changed" as const)),
  actor: maybe(fc.constantFrom("actor-1", "actor-2")),
  actorKind: maybe(fc.constantFrom("app_server" as const, "operator" as const, "system" as const)),
  user: maybe(fc.constantFrom("user-3", "user-5")),
  targetKind: maybe(fc.constantFrom("user" as const, "settings" as const)),
  request: maybe(fc.constantFrom("user-3", "request-7")),
  result: maybe(fc.constantFrom("ok", "refused", "forbidden")),
  from: maybe(hour),
  to: maybe(hour),
});

describe("the audit log agrees with the plain list worked out in memory", () => {
  test("under random filters, latest first, to the end and back, never another environment's", async () => {
    await fc.assert(
      fc.asyncProperty(queryArbitrary, async (query) => {
        const rows = await all(query);
        const expected = entries.filter((entry) => passes(entry, query));
        expect(rows, JSON.stringify(query)).toHaveLength(expected.length);
        expect(rows.every((row) => row.actor.name === `In ${environment.id}`)).toBe(true);
        const shown = rows.map((row) => [row.at.getTime(), Number(row.id)] as const);
        expect(shown).toEqual([...shown].sort((a, b) => b[0] - a[0] || b[1] - a[1]));
        expect(rows.map((row) => row.at.getTime())).toEqual(
          expected.map((entry) => entry.at.getTime()).sort((a, b) => b - a),
        );
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe("the text may be an operator", () => {
  const [olga, otto] = ["operator-olga", "operator-otto"];
  const at = new Date(START);
  const entry = (actorId: string, targetKind: string, targetId: string, requestId: string) => ({
    at,
    actorKind: "operator" as const,
    actorId,
    actorName: actorId,
    action: "user.banned",
    targetKind,
    targetId,
    requestId,
    source: "console",
    result: "ok",
  });
  let place: EnvironmentRef;

  beforeAll(async () => {
    place = (await createTestApp(context())).development.ref;
    const operator = { role: "support" as const, passwordHash: "", createdAt: at };
    await context().db.prisma.operator.createMany({
      data: [
        { ...operator, id: olga, email: "olga.berg@example.com", name: "Ólga van den Berg" },
        { ...operator, id: otto, email: "otto@example.com", name: "Otto Berger" },
      ],
    });
    const rows = [
      entry(olga, "user", "ann", "r-1"),
      entry(otto, "user", "bob", "r-2"),
      entry(otto, "operator", olga, "r-3"),
      entry(olga, "operator", olga, olga),
      entry("somebody", "group", "team-7", "r-5"),
    ];
    await context().db.prisma.auditEntry.createMany({ data: rows.map((row) => ({ ...row, environmentId: place.id })) });
  });

  test.each([
    ["by name, whatever its case and accents", "olga", ["r-1", "r-3", olga]],
    ["by a later word of the name", "den Be", ["r-1", "r-3", olga]],
    ["by the beginning of the e-mail address", "OLGA.berg@", ["r-1", "r-3", olga]],
    ["by id, no entry twice", olga, ["r-1", "r-3", olga]],
    ["several operators", "berg", ["r-1", "r-2", "r-3", olga]],
    ["by the id of a group that was acted on", "team-7", ["r-5"]],
    ["nobody by letters inside of a word", "erg", []],
  ])("%s", async (_how, q, requests) => {
    const { rows } = await listAuditEntries(context(), operatorOf("viewer", place), { q, size: 50 });
    expect(rows.map((row) => row.requestId).sort()).toEqual([...requests].sort());
    const { count } = await countNewerAuditEntries(context(), operatorOf("viewer", place), {
      q,
      after: rows.at(-1)?.id ?? "0",
    });
    expect(count).toBe(Math.max(0, requests.length - 1));
  });
});

test("the installation's own entries are for admins", async () => {
  const { rows } = await listAuditEntries(context(), operatorOf("admin", null), { scope: "installation", size: 5 });
  expect(rows).toHaveLength(5);
  expect(rows[0]?.actor.name).toBe("In 0");
  const viewer = listAuditEntries(context(), operatorOf("viewer", environment), { scope: "installation" });
  await expect(viewer).rejects.toMatchObject({ code: "forbidden" });
});

test("one user's activity holds only entries about that user", async () => {
  const { rows } = await listUserActivity(context(), operatorOf("viewer", environment), {
    userId: "user-3",
    size: 100,
  });
  const expected = entries.filter((entry) => entry.targetKind === "user" && entry.targetId === "user-3");
  expect(rows).toHaveLength(expected.length);
  expect(rows[0]).toMatchObject({ words: expect.stringMatching(/banned/), target: { kind: "user", id: "user-3" } });
});

test("an entry is found by its id in its environment only; newer ones are counted under the same filters", async () => {
  const actor = operatorOf("viewer", environment);
  const { rows } = await listAuditEntries(context(), actor, { size: 100, action: "user.banned" });
  const [newest, , third] = rows;
  if (newest === undefined || third === undefined) throw new Error("no entries");
  expect(await getAuditEntry(context(), actor, { id: third.id })).toEqual(third);
  expect(await getAuditEntry(context(), operatorOf("viewer", otherEnvironment), { id: third.id })).toBeNull();
  expect(await getAuditEntry(context(), actor, { id: "1; DROP" })).toBeNull();
  const newer = (after: string) => countNewerAuditEntries(context(), actor, { action: "user.banned", after });
  expect(await newer(third.id)).toEqual({ count: 2, capped: false });
  expect(await newer(newest.id)).toEqual({ count: 0, capped: false });
});
