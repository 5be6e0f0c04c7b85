import { beforeAll, describe, expect, test } from "vitest";
import { appServerOf, appUserOf, createTestApp, testContext } from "@/test/support/context";
import { declareProfileKeys, setSettings } from "@/test/support/profiles";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { getMyUserProfile } from "./get-my-user-profile";
import { getUserProfiles } from "./get-user-profiles";
import { getMyUserProfileVisibility, updateMyUserProfileVisibility } from "./profile-visibility";
import { searchUserProfileByUniqueId } from "./search-user-profile-by-unique-id";
import { setUserProfile } from "./set-user-profile";
import { updateMyUserProfile } from "./update-my-user-profile";

/** What a connected user may do with hosted profiles: the own one, and others' as far as they show them. */

const context = testContext();
let environment: EnvironmentRef;
let number = 0;

beforeAll(async () => {
  environment = (await createTestApp(context())).production.ref;
  await declareProfileKeys(context(), environment, ["ext_team"]);
});

const userOf = (userId: string) => appUserOf(environment, userId);

/** A user with a whole profile. */
async function newUser(): Promise<string> {
  number += 1;
  const userId = `user-${number}`;
  await insertTestUsers(context(), environment, [{ userId }]);
  await setUserProfile(context(), appServerOf(environment), {
    userId,
    userProfile: {
      uniqueId: `U${number}`,
      name: `Name ${number}`,
      portraitUri: "https://a.example",
      email: "e@example.com",
    },
    userExtProfile: { ext_team: "red" },
  });
  return userId;
}

const whole = (userId: string) => ({
  userId,
  uniqueId: userId.replace("user-", "U"),
  name: userId.replace("user-", "Name "),
  portraitUri: "https://a.example",
  email: "e@example.com",
  extended: { ext_team: "red" },
});
const nameOnly = (userId: string) => ({
  userId,
  name: userId.replace("user-", "Name "),
  portraitUri: "https://a.example",
});

const befriend = (one: string, other: string) =>
  context().db.prisma.friendship.createMany({
    data: [
      { environmentId: environment.id, userId: one, friendId: other, addedAt: new Date() },
      { environmentId: environment.id, userId: other, friendId: one, addedAt: new Date() },
    ],
  });
const show = (userId: string, visibility: number) =>
  updateMyUserProfileVisibility(context(), userOf(userId), { visibility });
const seenBy = async (viewer: string, userId: string) =>
  (await getUserProfiles(context(), userOf(viewer), { userIds: [userId] }))[0];

describe("the own profile", () => {
  test("is read whole and changed by key, except uniqueId, which belongs to the app's server", async () => {
    const userId = await newUser();
    expect(await getMyUserProfile(context(), userOf(userId))).toEqual(whole(userId));
    await updateMyUserProfile(context(), userOf(userId), {
      userProfile: { email: "", level: 3 },
      userExtProfile: { ext_team: "blue" },
    });
    const { email: _cleared, ...rest } = whole(userId);
    const changed = { ...rest, level: 3, extended: { ext_team: "blue" } };
    expect(await getMyUserProfile(context(), userOf(userId))).toEqual(changed);
    await expect(
      updateMyUserProfile(context(), userOf(userId), { userProfile: { name: "x", uniqueId: "Mine" } }),
    ).rejects.toMatchObject({ code: "profile_key_not_settable", profileKey: "uniqueId" });
    await expect(
      updateMyUserProfile(context(), userOf(userId), { userProfile: { uniqueId: "" } }),
    ).rejects.toMatchObject({ code: "profile_key_not_settable" });
    expect(await getMyUserProfile(context(), userOf(userId))).toEqual(changed);
  });

  test("is empty for a user who has none, and refused for one who is soft-deleted", async () => {
    await insertTestUsers(context(), environment, [{ userId: "bare" }, { userId: "gone", softDeletedAt: Date.now() }]);
    expect(await getMyUserProfile(context(), userOf("bare"))).toEqual({ userId: "bare", extended: {} });
    for (const act of [
      () => getMyUserProfile(context(), userOf("gone")),
      () => updateMyUserProfile(context(), userOf("gone"), { userProfile: { name: "x" } }),
      () => getMyUserProfileVisibility(context(), userOf("gone")),
      () => updateMyUserProfileVisibility(context(), userOf("gone"), { visibility: 2 }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "user_not_found" });
    }
  });

  test("is nobody else's to change, and a client's change is not audited", async () => {
    const [mine, other] = [await newUser(), await newUser()];
    await expect(
      setUserProfile(context(), userOf(mine), { userId: other, userProfile: { name: "x" } }),
    ).rejects.toMatchObject({ code: "forbidden" });
    await updateMyUserProfile(context(), userOf(mine), { userProfile: { name: "New" } });
    expect(await context().db.prisma.auditEntry.count({ where: { targetId: { in: [mine, other] } } })).toBe(0);
  });
});

describe("others' profiles", () => {
  test("each visibility shows what it says, to strangers and to friends", async () => {
    const [owner, stranger, friend] = [await newUser(), await newUser(), await newUser()];
    await befriend(owner, friend);
    for (const [visibility, toStranger, toFriend] of [
      [0, nameOnly, nameOnly],
      [1, nameOnly, nameOnly],
      [2, whole, whole],
      [3, nameOnly, whole],
    ] as const) {
      await show(owner, visibility);
      expect([visibility, await seenBy(stranger, owner)]).toEqual([visibility, toStranger(owner)]);
      expect([visibility, await seenBy(friend, owner)]).toEqual([visibility, toFriend(owner)]);
      expect([visibility, await seenBy(owner, owner)]).toEqual([visibility, whole(owner)]);
    }
  });

  test("who has not chosen is shown as the environment's default says, at once after it changes", async () => {
    const [owner, stranger, friend, chosen] = [await newUser(), await newUser(), await newUser(), await newUser()];
    await befriend(owner, friend);
    await show(chosen, 1);
    for (const [defaultProfileVisibility, toStranger, toFriend] of [
      ["everyone", whole, whole],
      ["friends", nameOnly, whole],
      ["hidden", nameOnly, nameOnly],
    ] as const) {
      await setSettings(context(), environment, { defaultProfileVisibility });
      expect(await seenBy(stranger, owner)).toEqual(toStranger(owner));
      expect(await seenBy(friend, owner)).toEqual(toFriend(owner));
      expect(await seenBy(stranger, chosen)).toEqual(nameOnly(chosen));
    }
  });

  test("come in the order of the ids, without unknown and soft-deleted users and those without a profile; 100 at most", async () => {
    const [one, two, gone] = [await newUser(), await newUser(), await newUser()];
    await insertTestUsers(context(), environment, [{ userId: "plain" }]);
    await context().db.prisma.user.updateMany({ where: { userId: gone }, data: { softDeletedAt: new Date() } });
    const ids = [two, "nobody", gone, "plain", one, two];
    const seen = await getUserProfiles(context(), userOf(one), { userIds: ids });
    expect(seen).toEqual([nameOnly(two), whole(one)]);
    const many = Array.from({ length: 101 }, (_, index) => `id-${index}`);
    await expect(getUserProfiles(context(), userOf(one), { userIds: many })).rejects.toMatchObject({
      code: "profile_too_many_ids",
    });
    expect(await getUserProfiles(context(), userOf(one), { userIds: many.slice(1) })).toEqual([]);
  });

  test("are found by exactly their uniqueId, and shown as far as their visibility allows", async () => {
    const [owner, viewer] = [await newUser(), await newUser()];
    const uniqueId = whole(owner).uniqueId;
    const search = (text: string) => searchUserProfileByUniqueId(context(), userOf(viewer), { uniqueId: text });
    expect(await search(uniqueId)).toEqual(nameOnly(owner));
    await show(owner, 2);
    expect(await search(uniqueId)).toEqual(whole(owner));
    for (const text of ["", uniqueId.toLowerCase(), `${uniqueId}0`, "U", "a\0", "x".repeat(500)]) {
      await expect(search(text)).rejects.toMatchObject({ code: "profile_not_found" });
    }
    await context().db.prisma.user.updateMany({ where: { userId: owner }, data: { softDeletedAt: new Date() } });
    await expect(search(uniqueId)).rejects.toMatchObject({ code: "profile_not_found" });
  });
});

test("a visibility is 0 until it is chosen, and 0 takes the choice back", async () => {
  const userId = await newUser();
  const chosen = () => getMyUserProfileVisibility(context(), userOf(userId));
  expect(await chosen()).toBe(0);
  for (const visibility of [3, 2, 1, 0]) {
    await show(userId, visibility);
    expect(await chosen()).toBe(visibility);
  }
  for (const visibility of [4, -1, 1.5, "2", null]) {
    await expect(show(userId, visibility as number)).rejects.toMatchObject({ name: "ZodError" });
  }
});
