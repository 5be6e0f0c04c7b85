import { describe, expect, test } from "vitest";
import { LEASE_MS } from "@/lib/queue/lease-store";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { outOfStep } from "@/test/support/search-index";
import type { EnvironmentRef } from "../actor";
import { listUsers } from "../users/list-users";
import { registerUser } from "../users/register-user";
import { updateUser } from "../users/update-user";
import { runBuild, startSearchBuilder } from "./build-search";
import { claimBuild, findBuild, findEnvironmentsToBuild, orderBuild } from "./build-store";

/** Users from before the search index are put into it, whatever happens to the processes that do so. */

const context = testContext();
const OLD_USERS = 1_700;

/** As a migration finds them: named, and in no index. */
async function environmentFromBefore(): Promise<EnvironmentRef> {
  const { production } = await createTestApp(context());
  const { ref } = production;
  await context().db.prisma.user.createMany({
    data: Array.from({ length: OLD_USERS }, (_, n) => ({
      environmentId: ref.id,
      userId: `old-${String(n).padStart(4, "0")}`,
      name: `Önder Yıldız ${n}`,
      createdAt: new Date(),
    })),
  });
  await orderBuild(context().db.prisma, ref.id);
  return ref;
}

async function claimed(environment: EnvironmentRef) {
  const build = await claimBuild(context().db.prisma, environment.id, context().now());
  if (build === null) throw new Error("nothing to claim");
  return build;
}

const search = (environment: EnvironmentRef, q: string) =>
  listUsers(context(), operatorOf("viewer", environment), { q });

/** Stops after so many batches. */
const onlyFor = (batches: number) => () => {
  batches -= 1;
  return batches < 0;
};

describe("the build of the search index", () => {
  test("goes on where a process died, when its lease has run out, and ends with every user in the index once", async () => {
    const environment = await environmentFromBefore();
    // Killed: it neither ends nor gives its lease back.
    await runBuild(context(), await claimed(environment), onlyFor(2));
    expect(await findBuild(context().db.prisma, environment.id)).toEqual({ done: 1_000, total: OLD_USERS });
    expect(await claimBuild(context().db.prisma, environment.id, context().now())).toBeNull();
    context().advance(LEASE_MS + 1);
    expect(await findEnvironmentsToBuild(context().db.prisma, context().now())).toContain(environment.id);
    await runBuild(context(), await claimed(environment), onlyFor(1));
    expect(await findBuild(context().db.prisma, environment.id)).toEqual({ done: 1_500, total: OLD_USERS });
    context().advance(LEASE_MS + 1);
    await runBuild(context(), await claimed(environment), () => false);
    expect(await findBuild(context().db.prisma, environment.id)).toBeNull();
    expect(await outOfStep(context(), environment)).toEqual([]);
  });

  test("a process whose lease another has now writes nothing more", async () => {
    const environment = await environmentFromBefore();
    const lost = await claimed(environment);
    context().advance(LEASE_MS + 1);
    const holder = await claimed(environment);
    await runBuild(context(), lost, () => false);
    expect(await findBuild(context().db.prisma, environment.id)).toEqual({ done: 0, total: OLD_USERS });
    await runBuild(context(), holder, () => false);
    expect(await outOfStep(context(), environment)).toEqual([]);
  });

  test("the list says how far it is, finds by id meanwhile and by name afterwards; two processes share the work", async () => {
    const environment = await environmentFromBefore();
    await runBuild(context(), await claimed(environment), onlyFor(1));
    expect(await search(environment, "yildiz 7")).toMatchObject({
      indexing: { done: 500, total: OLD_USERS },
      rows: expect.arrayContaining([expect.objectContaining({ userId: "old-0007" })]),
    });
    expect((await search(environment, "yildiz 1699")).rows).toEqual([]);
    expect((await search(environment, "old-1699")).rows).toHaveLength(1);
    context().advance(LEASE_MS + 1);
    const builders = [1, 2].map(() => startSearchBuilder(context(), { pollMs: 20 }));
    try {
      await expect.poll(() => findBuild(context().db.prisma, environment.id), { timeout: 20_000 }).toBeNull();
    } finally {
      await Promise.all(builders.map((builder) => builder.stop()));
    }
    expect(await outOfStep(context(), environment)).toEqual([]);
    expect(await search(environment, "yildiz 1699")).toMatchObject({ indexing: null, rows: [{ userId: "old-1699" }] });
  });

  test("names that change and users who register meanwhile are under their words, whichever comes first", async () => {
    const environment = await environmentFromBefore();
    const server = appServerOf(environment);
    const build = runBuild(context(), await claimed(environment), () => false);
    const changes = Array.from({ length: 60 }, (_, n) => {
      const userId = `old-${String(n * 28).padStart(4, "0")}`;
      return n % 2 === 0
        ? updateUser(context(), server, { userId, name: `Renamed ${n}` })
        : registerUser(context(), server, { userId: `old-${n}-new`, name: `Newcomer ${n}` });
    });
    await Promise.all([build, ...changes]);
    expect(await outOfStep(context(), environment)).toEqual([]);
  });
});
