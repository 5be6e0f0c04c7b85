import { describe, expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { getUserDetail } from "../users/get-user-detail";
import { countListedDeletedUsers, listDeletedUsers } from "./list-deleted-users";
import type { DeletedUserListQueryInput } from "./list-schema";
import { softDeleteUsers } from "./soft-delete-users";

const context = testContext();
const HOUR_MS = 3_600_000;

async function setUp(count: number) {
  const { development, production } = await createTestApp(context());
  const { ref } = production;
  const ids = Array.from({ length: count }, (_, n) => `user-${String(n).padStart(3, "0")}`);
  // Several in each moment, so that ties fall on the borders of pages.
  const base = context().now() - 10 * HOUR_MS;
  await insertTestUsers(
    context(),
    ref,
    ids.map((userId, n) => ({ userId, name: "", softDeletedAt: base + Math.floor(n / 7) * 1_000 })),
  );
  await insertTestUsers(context(), ref, [{ userId: "user-alive" }]);
  await insertTestUsers(context(), development.ref, [{ userId: "user-elsewhere", softDeletedAt: base }]);
  return { ref, ids, viewer: operatorOf("viewer", ref) };
}

describe("listDeletedUsers", () => {
  test.each<[string, DeletedUserListQueryInput, (ids: string[]) => string[]]>([
    ["the latest deletion first", {}, (ids) => [...ids].reverse()],
    ["the earliest first", { sort: "deleted" }, (ids) => ids],
    ["by id while ids that begin alike are searched for", { q: "user-0" }, (ids) => ids.filter((id) => id < "user-1")],
  ])("pages forth and back without gaps, %s", async (_, query, expected) => {
    const { ids, viewer } = await setUp(120);
    const read = (cursor?: string) => listDeletedUsers(context(), viewer, { ...query, cursor });
    const pages = [await read()];
    for (;;) {
      const next = pages.at(-1)?.next;
      if (!next) break;
      pages.push(await read(next));
    }
    expect(pages.flatMap((page) => page.rows.map((row) => row.userId))).toEqual(expected(ids));
    let back = pages.at(-1);
    for (let index = pages.length - 2; index >= 0; index -= 1) {
      back = await read(back?.previous ?? undefined);
      expect(back.rows).toEqual(pages[index]?.rows);
    }
    expect(back?.previous).toBeNull();
  });

  test("says who deleted whom and from when a restore is possible", async () => {
    const { ref, viewer } = await setUp(1);
    await softDeleteUsers(context(), appServerOf(ref), { userIds: ["user-alive"] });
    const { rows } = await listDeletedUsers(context(), viewer, {});
    expect(rows.map((row) => [row.userId, row.deletion.by?.name, row.deletion.restorable])).toEqual([
      ["user-alive", "App server", false],
      ["user-000", undefined, true],
    ]);
    const [latest] = rows;
    expect(latest?.deletion.auditEntryId).toMatch(/^\d+$/);
    expect(Number(latest?.deletion.restorableFrom) - Number(latest?.deletion.at)).toBe(HOUR_MS);
    const detail = await getUserDetail(context(), viewer, { userId: "user-alive" });
    expect(detail?.deletion).toEqual(latest?.deletion);
  });

  test("a user deleted, restored and deleted again is told of by the last deletion", async () => {
    const { ref, viewer } = await setUp(0);
    const server = appServerOf(ref);
    await softDeleteUsers({ ...context(), now: () => context().now() - 5 * HOUR_MS }, server, {
      userIds: ["user-alive"],
    });
    const [before] = (await listDeletedUsers(context(), viewer, {})).rows;
    await context().db.prisma.user.updateMany({ where: { environmentId: ref.id }, data: { softDeletedAt: null } });
    await softDeleteUsers(context(), server, { userIds: ["user-alive"] });
    const [after] = (await listDeletedUsers(context(), viewer, {})).rows;
    expect(Number(after?.deletion.auditEntryId)).toBeGreaterThan(Number(before?.deletion.auditEntryId));
  });

  test("nonsense in the address shows the list; a search takes letters as they are", async () => {
    const { viewer } = await setUp(3);
    const odd = { sort: "name", size: "7", cursor: "%%%" } as unknown as DeletedUserListQueryInput;
    expect((await listDeletedUsers(context(), viewer, odd)).rows).toHaveLength(3);
    expect((await listDeletedUsers(context(), viewer, { q: "USER" })).rows).toEqual([]);
    expect((await listDeletedUsers(context(), viewer, { q: "%" })).rows).toEqual([]);
  });

  test("counts what the list shows", async () => {
    const { viewer } = await setUp(30);
    expect(await countListedDeletedUsers(context(), viewer, {})).toEqual({ count: 30, capped: false });
    expect(await countListedDeletedUsers(context(), viewer, { q: "user-02" })).toEqual({ count: 10, capped: false });
  });
});

test("a user who is not soft-deleted has no deletion", async () => {
  const { viewer } = await setUp(0);
  expect((await getUserDetail(context(), viewer, { userId: "user-alive" }))?.deletion).toBeNull();
});
