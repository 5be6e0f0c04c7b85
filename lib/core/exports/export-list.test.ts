import { beforeAll, describe, expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { createGroup } from "../groups/create-group";
import { exportList } from "./export-list";
import { EXPORTED_LISTS } from "./schema";

const context = testContext();
let ref: EnvironmentRef;

const admin = () => operatorOf("admin", ref);

async function taken(input: Record<string, string>, actor = admin()): Promise<string> {
  let file = "";
  for await (const chunk of (await exportList(context(), actor, input)).chunks) file += chunk;
  return file;
}

interface ExportedUser {
  readonly userId: string;
  readonly name: string;
  readonly status: string;
  readonly createdAt: string;
}

const users = async (query: Record<string, string> = {}) =>
  JSON.parse(await taken({ list: "users", format: "json", ...query })) as ExportedUser[];

beforeAll(async () => {
  ref = (await createTestApp(context())).development.ref;
  const now = context().now();
  await insertTestUsers(
    context(),
    ref,
    Array.from({ length: 250 }, (_, n) => ({
      userId: `user-${String(n).padStart(3, "0")}`,
      createdAt: now - n * 1_000,
      ...(n === 7 ? { name: '=HYPERLINK("http://evil.example","Zoë")' } : {}),
      ...(n < 3 ? { bannedUntil: now + 3_600_000 } : {}),
      ...(n === 200 ? { softDeletedAt: now - 1_000 } : {}),
    })),
  );
});

describe("an export", () => {
  test("has every row of every page once, in the list's order", async () => {
    const all = await users();
    expect(all.map(({ userId }) => userId)).toEqual(
      Array.from({ length: 250 }, (_, n) => `user-${String(n).padStart(3, "0")}`),
    );
    expect(all[0]).toEqual({
      userId: "user-000",
      name: expect.any(String),
      avatarUrl: "",
      status: "banned",
      bannedUntil: expect.stringMatching(/^\d{4}-.*Z$/),
      connections: 0,
      friends: 0,
      createdAt: expect.stringMatching(/^\d{4}-.*Z$/),
      lastSeenAt: null,
      softDeletedAt: null,
    });
  });

  test("follows search, filter and sort of the list, whatever page its address stands at", async () => {
    expect((await users({ status: "banned", sort: "created" })).map(({ userId }) => userId)).toEqual([
      "user-002",
      "user-001",
      "user-000",
    ]);
    expect((await users({ q: "user-20", size: "25", cursor: "nonsense" })).length).toBe(10);
    expect(await users({ q: "nobody" })).toEqual([]);
  });

  test("as CSV opens in a spreadsheet: marked as UTF-8, quoted, times as text, and without a formula", async () => {
    const file = await taken({ list: "users", q: "user-007" });
    const [head, row, rest] = file.split("\r\n");
    expect(head).toBe(
      "\ufeffuserId,name,avatarUrl,status,bannedUntil,connections,friends,createdAt,lastSeenAt,softDeletedAt",
    );
    expect(row).toMatch(
      /^user-007,"'=HYPERLINK\(""http:\/\/evil\.example"",""Zoë""\)",,active,,0,0,\d{4}-\d\d-\d\dT[\d:.]+Z,,$/,
    );
    expect(rest).toBe("");
  });

  test("holds one page at a time, and stops when it is not taken any more", async () => {
    const { chunks, fileName, contentType } = await exportList(context(), admin(), { list: "users" });
    expect(fileName).toMatch(/^users-development-\d{4}-\d\d-\d\d\.csv$/);
    expect(contentType).toBe("text/csv; charset=utf-8");
    await chunks.next();
    const page = (await chunks.next()).value ?? "";
    expect(page.trim().split("\r\n")).toHaveLength(100);
    await chunks.return();
    expect(await chunks.next()).toEqual({ value: undefined, done: true });
  });

  test("ends with what is left when the rows behind a page are gone meanwhile", async () => {
    const app = (await createTestApp(context())).development.ref;
    const ids = Array.from({ length: 150 }, (_, n) => ({ userId: `u${n}`, createdAt: context().now() - n }));
    await insertTestUsers(context(), app, ids);
    const { chunks } = await exportList(context(), operatorOf("admin", app), { list: "users", format: "json" });
    let file = "";
    for await (const chunk of chunks) {
      file += chunk;
      await context().db.prisma.user.deleteMany({
        where: { environmentId: app.id, userId: { in: ids.slice(100).map(({ userId }) => userId) } },
      });
    }
    expect((JSON.parse(file) as unknown[]).length).toBe(100);
  });

  test("of every list can be taken in both forms", async () => {
    await createGroup(context(), admin(), { groupId: "team", ownerId: "user-001", name: "Team", userIds: [] });
    for (const list of Object.keys(EXPORTED_LISTS)) {
      const rows = JSON.parse(await taken({ list, format: "json" })) as unknown[];
      const lines = (await taken({ list })).trimEnd().split("\r\n");
      // The exports themselves are entries of the audit log.
      if (list !== "audit-log") expect(lines).toHaveLength(rows.length + 1);
      else expect(rows.length).toBeGreaterThan(0);
    }
  });

  test("is audited with what was asked for, needs an admin, and is of a list there is", async () => {
    await taken({ list: "users", q: "user-00", status: "active" });
    const entry = await context().db.prisma.auditEntry.findFirst({
      where: { environmentId: ref.id, action: "list.exported" },
      orderBy: { id: "desc" },
    });
    expect(entry?.after).toEqual({ list: "users", format: "csv", q: "user-00", status: "active" });
    await expect(taken({ list: "users" }, operatorOf("support", ref))).rejects.toMatchObject({ code: "forbidden" });
    await expect(exportList(context(), appUserOf(ref, "user-001"), { list: "users" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(taken({ list: "secrets" })).rejects.toThrow();
    await expect(taken({ list: "users", format: "xml" })).rejects.toThrow();
  });
});
