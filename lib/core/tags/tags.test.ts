import { beforeAll, describe, expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { batchGetUserTags } from "./batch-get-user-tags";
import { batchSetUserTags } from "./batch-set-user-tags";

const context = testContext();
let environment: EnvironmentRef;
let other: EnvironmentRef;

const ids = (count: number) => Array.from({ length: count }, (_, index) => `user-${index}`);

beforeAll(async () => {
  const app = await createTestApp(context());
  environment = app.production.ref;
  other = app.development.ref;
  for (const ref of [environment, other]) {
    await insertTestUsers(context(), ref, [
      ...ids(1000).map((userId) => ({ userId })),
      { userId: "gone", softDeletedAt: Date.now() },
    ]);
  }
});

const set = (userIds: string[], tags: string[]) =>
  batchSetUserTags(context(), appServerOf(environment), { userIds, tags });
const get = (userIds: string[], ref = environment) => batchGetUserTags(context(), appServerOf(ref), { userIds });

describe("tags", () => {
  test("are replaced as a whole, keep their order, and an empty list clears them", async () => {
    await set(["user-1", "user-2"], ["vip", "beta", "vip"]);
    await set(["user-2"], ["alpha"]);
    expect(await get(["user-2", "user-1", "user-3"])).toEqual([
      { userId: "user-2", tags: ["alpha"] },
      { userId: "user-1", tags: ["vip", "beta"] },
      { userId: "user-3", tags: [] },
    ]);
    await set(["user-1", "user-2", "user-3"], []);
    expect((await get(["user-1", "user-2"])).flatMap((user) => user.tags)).toEqual([]);
    expect(await context().db.prisma.userTags.count({ where: { environmentId: environment.id } })).toBe(0);
  });

  test("a thousand users are set at once; unknown and soft-deleted ones are skipped and stay without", async () => {
    await set(ids(1000), ["mass"]);
    expect(await context().db.prisma.userTags.count({ where: { environmentId: environment.id } })).toBe(1000);
    await set(["gone", "nobody", "user-0"], ["x"]);
    expect(await get(["gone", "nobody", "user-0"])).toEqual([{ userId: "user-0", tags: ["x"] }]);
    expect(await context().db.prisma.userTags.count({ where: { userId: { in: ["gone", "nobody"] } } })).toBe(0);
    expect(await get(["user-0"], other)).toEqual([{ userId: "user-0", tags: [] }]);
    await set(ids(1000), []);
  });

  test("sets of the same users in different orders at once all succeed, and each user ends with one of them whole", async () => {
    const users = ids(200);
    const from = (start: number) => [...users.slice(start), ...users.slice(0, start)];
    const sets = Array.from({ length: 8 }, (_, index) => [`tag${index}`, "both"]);
    await Promise.all(
      sets.map((tags, index) => set(index % 2 === 0 ? from(index * 20) : from(index * 20).reverse(), tags)),
    );
    for (const { tags } of await get(users)) expect(sets).toContainEqual(tags);
    await Promise.all([set(users, []), set([...users].reverse(), ["last"]), set(from(60), [])]);
    for (const { tags } of await get(users)) expect([[], ["last"]]).toContainEqual(tags);
    await set(users, []);
  });

  test("operators need the role, and their changes are audited with old and new tags; repeats and app servers' are not", async () => {
    const entries = () =>
      context().db.prisma.auditEntry.findMany({
        where: { environmentId: environment.id, action: "user.tags_changed" },
        orderBy: { targetId: "asc" },
      });
    const input = { userIds: ["user-8", "user-7", "nobody"], tags: ["vip"] };
    await set(["user-8"], ["old"]);
    for (const role of ["viewer", "support"] as const) {
      await expect(batchSetUserTags(context(), operatorOf(role, environment), input)).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    expect(await entries()).toEqual([]);
    await batchSetUserTags(context(), operatorOf("admin", environment), input);
    await batchSetUserTags(context(), operatorOf("admin", environment), input);
    expect(await entries()).toMatchObject([
      { targetId: "user-7", targetName: "Name of user-7", before: { tags: [] }, after: { tags: ["vip"] } },
      { targetId: "user-8", before: { tags: ["old"] }, after: { tags: ["vip"] } },
    ]);
    expect(await get(["user-7", "user-8"])).toEqual([
      { userId: "user-7", tags: ["vip"] },
      { userId: "user-8", tags: ["vip"] },
    ]);
  });
});
