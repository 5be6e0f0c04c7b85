import { describe, expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { outOfStep } from "@/test/support/search-index";
import type { AppServer, EnvironmentRef, Operator } from "../actor";
import type { Context } from "../context";
import { deleteTestUser } from "../deletion/delete-test-user";
import { restoreUsers } from "../soft-delete/restore-users";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { registerNewUser } from "../users/register-new-user";
import { registerUser } from "../users/register-user";
import { updateUser } from "../users/update-user";

/** Every door that writes or erases a name keeps the search index in step with it, in the same transaction. */

const context = testContext();

interface World {
  readonly context: Context;
  readonly environment: EnvironmentRef;
  readonly server: AppServer;
  readonly owner: Operator;
}

const NAME = "Isla MacDonald de la Concepción";

const DOORS: Readonly<Record<string, (world: World) => Promise<unknown>>> = {
  "a registration": ({ context, server }) => registerUser(context, server, { userId: "new", name: "李娜 Müller" }),
  "a hundred registrations at once": ({ context, server }) =>
    Promise.all(
      Array.from({ length: 80 }, (_, n) =>
        registerUser(context, server, { userId: `n${n}`, name: `${NAME} ${n % 7}` }),
      ),
    ),
  "a registration by an operator": ({ context, owner }) =>
    registerNewUser(context, owner, { userId: "new", name: NAME }),
  "a registration that renames": ({ context, server }) =>
    registerUser(context, server, { userId: "isla", name: "Other Name" }),
  "a registration that changes only the case": ({ context, server }) =>
    registerUser(context, server, { userId: "isla", name: NAME.toUpperCase() }),
  "a rename": ({ context, server }) => updateUser(context, server, { userId: "isla", name: "Just Fine" }),
  "a rename to the same words in another order": ({ context, server }) =>
    updateUser(context, server, { userId: "isla", name: "de la Concepción Isla MacDonald" }),
  "a rename to what has no words": ({ context, server }) => updateUser(context, server, { userId: "isla", name: "…" }),
  "a new avatar": ({ context, server }) => updateUser(context, server, { userId: "isla", avatarUrl: "https://a/1" }),
  "soft delete": ({ context, server }) => softDeleteUsers(context, server, { userIds: ["isla", "ben"] }),
  "soft delete, restore and a new name": async ({ context, server }) => {
    await softDeleteUsers(context, server, { userIds: ["isla"] });
    await restoreUsers({ ...context, now: () => context.now() + context.restoreAfterMs }, server, {
      userIds: ["isla"],
    });
    expect(await wordsOf(context, server.environment, "isla")).toEqual([]);
    await registerUser(context, server, { userId: "isla", name: "Isla Again" });
  },
  "the deletion of a test user": ({ context, owner }) =>
    deleteTestUser(context, owner, { userId: "isla", confirmation: "isla" }),
};

const wordsOf = async ({ db }: Context, { id }: EnvironmentRef, userId: string) =>
  (await db.prisma.userSearchTerm.findMany({ where: { environmentId: id, userId } })).map(({ term }) => term);

async function world(): Promise<World> {
  const { development } = await createTestApp(context());
  const environment = development.ref;
  const server = appServerOf(environment);
  await registerUser(context(), server, { userId: "isla", name: NAME });
  await registerUser(context(), server, { userId: "ben", name: NAME });
  return { context: context(), environment, server, owner: operatorOf("owner", environment) };
}

describe("the words of names are in step", () => {
  test.each(Object.entries(DOORS))("after %s", async (_, door) => {
    const made = await world();
    expect(await outOfStep(context(), made.environment)).toEqual([]);
    await door(made);
    expect(await outOfStep(context(), made.environment)).toEqual([]);
  });

  test("in production as well, where one statement registers", async () => {
    const { production } = await createTestApp(context());
    const server = appServerOf(production.ref);
    await Promise.all(
      Array.from({ length: 150 }, (_, n) =>
        registerUser(context(), server, { userId: `u${n % 120}`, name: `${NAME} ${n % 5}` }),
      ),
    );
    expect(await outOfStep(context(), production.ref)).toEqual([]);
    expect(await wordsOf(context(), production.ref, "u1")).toContain("donald / isla macdonald de la concepcion 1");
  });

  test("when renames, soft deletes and restores of the same users race", async () => {
    const { environment, server } = await world();
    const work = Array.from({ length: 40 }, (_, n) => {
      const userId = n % 2 === 0 ? "isla" : "ben";
      if (n % 10 === 9) return softDeleteUsers(context(), server, { userIds: [userId] });
      return registerUser(context(), server, { userId, name: `Name ${n}` });
    });
    await Promise.allSettled(work);
    expect(await outOfStep(context(), environment)).toEqual([]);
  });

  test("a name that was refused leaves no words", async () => {
    const { environment, owner, server } = await world();
    await expect(registerNewUser(context(), owner, { userId: "isla", name: "Somebody Else" })).rejects.toMatchObject({
      code: "user_exists",
    });
    await softDeleteUsers(context(), server, { userIds: ["ben"] });
    await expect(registerUser(context(), server, { userId: "ben", name: "Back" })).rejects.toMatchObject({
      code: "user_soft_deleted",
    });
    expect(await outOfStep(context(), environment)).toEqual([]);
  });
});
