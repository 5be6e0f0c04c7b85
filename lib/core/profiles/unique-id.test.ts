import { beforeAll, describe, expect, test } from "vitest";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { AppError } from "../errors";
import { deleteUserProfiles } from "./delete-user-profiles";
import { setUserProfile } from "./set-user-profile";

const context = testContext();
let environment: EnvironmentRef;
const users = Array.from({ length: 8 }, (_, index) => `user-${index}`);

beforeAll(async () => {
  environment = (await createTestApp(context())).production.ref;
  await insertTestUsers(
    context(),
    environment,
    users.map((userId) => ({ userId })),
  );
});

const give = (userId: string, uniqueId: string) =>
  setUserProfile(context(), appServerOf(environment), { userId, userProfile: { uniqueId, name: userId } });
const owners = async () =>
  (
    await context().db.prisma.userProfile.findMany({
      where: { environmentId: environment.id, uniqueId: { not: null } },
    })
  )
    .map(({ userId, uniqueId }) => `${userId} ${uniqueId}`)
    .sort();
const codes = (outcomes: PromiseSettledResult<unknown>[]) =>
  outcomes.map((outcome) => (outcome.status === "fulfilled" ? "ok" : (outcome.reason as AppError).code));

describe("uniqueId", () => {
  test("of many users who ask for the same one at once, exactly one gets it and the others are refused whole", async () => {
    for (const round of [1, 2, 3, 4, 5]) {
      const outcomes = await Promise.allSettled(users.map((userId) => give(userId, `same${round}`)));
      expect(codes(outcomes).sort()).toEqual(["ok", ...Array(7).fill("unique_id_taken")]);
      const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? outcome.reason : []));
      expect(refused.every((reason) => reason instanceof AppError && reason.profileKey === "uniqueId")).toBe(true);
      expect(await owners()).toEqual([expect.stringMatching(` same${round}$`)]);
      await deleteUserProfiles(context(), appServerOf(environment), { userIds: users });
      expect(
        await context().db.prisma.userProfile.count({ where: { environmentId: environment.id, basic: { not: {} } } }),
      ).toBe(0);
    }
  });

  test("users who exchange theirs at once are refused as taken, without waiting for each other in a circle", async () => {
    const [one = "", two = "", three = ""] = users;
    await Promise.all([give(one, "X"), give(two, "Y"), give(three, "Z")]);
    for (const _round of [1, 2, 3, 4, 5]) {
      const started = performance.now();
      const outcomes = await Promise.allSettled([give(one, "Y"), give(two, "X"), give(three, "Y")]);
      // PostgreSQL looks for a circle after a second.
      expect(performance.now() - started).toBeLessThan(900);
      expect(codes(outcomes)).toEqual(Array(3).fill("unique_id_taken"));
      expect(await owners()).toEqual([`${one} X`, `${two} Y`, `${three} Z`]);
    }
  });

  test("one that is given up at the same moment goes to the next user or is refused, and is never held twice", async () => {
    const [one = "", two = ""] = users;
    const server = appServerOf(environment);
    for (const round of [1, 2, 3, 4, 5, 6]) {
      await deleteUserProfiles(context(), server, { userIds: users });
      await give(one, `free${round}`);
      const clear = () => deleteUserProfiles(context(), server, { userIds: [two, one] });
      const outcomes = codes(await Promise.allSettled([clear(), give(two, `free${round}`)]));
      expect(outcomes[0]).toBe("ok");
      expect(["ok", "unique_id_taken"]).toContain(outcomes[1]);
      expect((await owners()).length).toBeLessThanOrEqual(1);
    }
  });
});
