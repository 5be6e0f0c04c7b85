import { beforeAll, describe, expect, test } from "vitest";
import type { BusEvent } from "@/lib/bus/bus";
import {
  appServerOf,
  appUserOf,
  createTestApp,
  operatorOf,
  type TestEnvironment,
  testContext,
} from "@/test/support/context";
import { declareProfileKeys } from "@/test/support/profiles";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { getUser } from "../users/get-user";
import { registerUser } from "../users/register-user";
import { updateUser } from "../users/update-user";
import { batchGetUserProfiles } from "./batch-get-user-profiles";
import { deleteUserProfiles } from "./delete-user-profiles";
import { getProfileDetail } from "./get-profile-detail";
import { listUserProfiles } from "./list-user-profiles";
import { updateMyUserProfileVisibility } from "./profile-visibility";
import { setUserProfile } from "./set-user-profile";

const context = testContext();
let mine: EnvironmentRef;
let others: TestEnvironment;
let number = 0;

beforeAll(async () => {
  const app = await createTestApp(context());
  mine = app.production.ref;
  others = app.development;
  await declareProfileKeys(context(), mine, ["ext_team", "ext_rank"]);
});

const newUser = async (environment = mine) => {
  number += 1;
  const userId = `user-${number}`;
  await registerUser(context(), appServerOf(environment), { userId, name: "Registered" });
  return userId;
};
const profileOf = async (userId: string, environment = mine) =>
  (await batchGetUserProfiles(context(), appServerOf(environment), { userIds: [userId] }))[0];
const set = (userId: string, userProfile: Record<string, unknown>, userExtProfile?: Record<string, unknown>) =>
  setUserProfile(context(), appServerOf(mine), { userId, userProfile, userExtProfile });

/** The events that `act` caused: those between two of the test's own. */
async function eventsOf(act: () => Promise<unknown>): Promise<BusEvent[]> {
  let events: BusEvent[] = [];
  const arrived = async (environmentId: number) => {
    const arrival = new Promise<void>((resolve) => {
      const end = context().bus.subscribe((event) => {
        if (event.environmentId === environmentId) resolve(end());
      });
    });
    await context().bus.publish({ type: "settings.changed", environmentId });
    await arrival;
  };
  const end = context().bus.subscribe((event) => {
    if (event.environmentId > 0) events.push(event);
  });
  await arrived(-1);
  events = [];
  await act();
  await arrived(-2);
  end();
  return events;
}

describe("setUserProfile", () => {
  test("given keys overwrite, absent ones stay, an empty text clears", async () => {
    const userId = await newUser();
    await set(userId, { name: "Al", gender: 0, level: 2 }, { ext_team: "red", ext_rank: "7" });
    await set(userId, { level: 3, gender: "" }, { ext_team: "" });
    expect(await profileOf(userId)).toMatchObject({
      userProfile: { name: "Al", level: 3 },
      userExtProfile: { ext_rank: "7" },
    });
  });

  test("the version is the time of the last change and grows with each, within one millisecond and after clearing too", async () => {
    const userId = await newUser();
    const now = context().now();
    const still = { ...context(), now: () => now };
    const versions: number[] = [];
    for (const name of ["a", "b", "c"]) {
      await setUserProfile(still, appServerOf(mine), { userId, userProfile: { name } });
      versions.push((await profileOf(userId))?.version ?? 0);
    }
    await deleteUserProfiles(still, appServerOf(mine), { userIds: [userId] });
    await setUserProfile(still, appServerOf(mine), { userId, userProfile: { name: "d" } });
    versions.push((await profileOf(userId))?.version ?? 0);
    expect(versions).toEqual([now, now + 1, now + 2, now + 4]);
    context().advance(60_000);
    await set(userId, { name: "e" });
    expect((await profileOf(userId))?.version).toBeGreaterThanOrEqual(now + 60_000);
  });

  test("a set that changes nothing keeps the version and tells nobody", async () => {
    const userId = await newUser();
    await set(userId, { name: "Al", level: 2 });
    const before = await profileOf(userId);
    context().advance(5);
    expect(await eventsOf(() => set(userId, { name: "Al", level: "2", email: "" }))).toEqual([]);
    expect(await profileOf(userId)).toEqual(before);
  });

  test("changed and cleared profiles are told on the bus after the commit, refused ones are not", async () => {
    const [one, two] = [await newUser(), await newUser()];
    const event = (userIds: string[]) => ({
      type: "profile.changed",
      environmentId: mine.id,
      userIds,
      connectionId: "",
    });
    expect(await eventsOf(() => set(one, { name: "x" }))).toEqual([event([one])]);
    expect(await eventsOf(() => set(two, { level: 101 }).catch(() => undefined))).toEqual([]);
    const clear = () => deleteUserProfiles(context(), appServerOf(mine), { userIds: [two, one, "nobody"] });
    expect(await eventsOf(clear)).toEqual([event([one])]);
  });

  test("registered name and avatar and the hosted profile never touch each other", async () => {
    const userId = await newUser();
    const server = appServerOf(mine);
    await set(userId, { name: "Hosted", portraitUri: "https://hosted.example" });
    expect(await getUser(context(), server, { userId })).toMatchObject({ name: "Registered", avatarUrl: "" });
    const hosted = await profileOf(userId);
    await updateUser(context(), server, { userId, name: "Updated", avatarUrl: "https://a.example" });
    await registerUser(context(), server, { userId, name: "Again" });
    expect(await profileOf(userId)).toEqual(hosted);
    await deleteUserProfiles(context(), server, { userIds: [userId] });
    expect(await getUser(context(), server, { userId })).toMatchObject({
      name: "Again",
      avatarUrl: "https://a.example",
    });
  });

  test("soft-deleted users count as unknown: they cannot be set, read, listed or cleared", async () => {
    const userId = await newUser();
    await set(userId, { name: "Gone", uniqueId: "gone1" });
    await softDeleteUsers(context(), appServerOf(mine), { userIds: [userId] });
    await expect(set(userId, { name: "x" })).rejects.toMatchObject({ code: "user_not_found" });
    expect(await profileOf(userId)).toBeUndefined();
    const listed = await listUserProfiles(context(), appServerOf(mine), { pageSize: 100 });
    expect(listed.map((profile) => profile.userId)).not.toContain(userId);
    expect(await deleteUserProfiles(context(), appServerOf(mine), { userIds: [userId] })).toEqual({ userIds: [] });
  });

  test("one environment's profiles, unique ids and declared keys are not the other's", async () => {
    const userId = await newUser();
    await set(userId, { uniqueId: "shared1" }, { ext_team: "red" });
    await registerUser(context(), appServerOf(others.ref), { userId, name: "Other" });
    const elsewhere = (values: Record<string, unknown>) =>
      setUserProfile(context(), appServerOf(others.ref), { userId, ...values });
    await elsewhere({ userProfile: { uniqueId: "shared1" } });
    await expect(elsewhere({ userExtProfile: { ext_team: "red" } })).rejects.toMatchObject({
      code: "profile_key_undeclared",
      profileKey: "ext_team",
    });
    expect((await profileOf(userId, others.ref))?.userExtProfile).toEqual({});
    await deleteUserProfiles(context(), appServerOf(others.ref), { userIds: [userId] });
    expect((await profileOf(userId))?.userProfile).toEqual({ uniqueId: "shared1" });
  });

  test("what is stored under a key that is no longer declared stays readable, and cannot be written", async () => {
    const { production } = await createTestApp(context());
    const server = appServerOf(production.ref);
    await declareProfileKeys(context(), production.ref, ["ext_old"]);
    await registerUser(context(), server, { userId: "u", name: "U" });
    await setUserProfile(context(), server, { userId: "u", userExtProfile: { ext_old: "kept" } });
    await declareProfileKeys(context(), production.ref, ["ext_new"]);
    for (const value of ["other", ""]) {
      await expect(
        setUserProfile(context(), server, { userId: "u", userExtProfile: { ext_old: value } }),
      ).rejects.toMatchObject({ code: "profile_key_undeclared" });
    }
    await setUserProfile(context(), server, { userId: "u", userExtProfile: { ext_new: "x" } });
    expect((await profileOf("u", production.ref))?.userExtProfile).toEqual({ ext_old: "kept", ext_new: "x" });
  });

  test("operators need the role, and their changes are audited with old and new values; an app server's are not", async () => {
    const userId = await newUser();
    const entries = () =>
      context().db.prisma.auditEntry.findMany({
        where: { environmentId: mine.id, targetId: userId, action: { startsWith: "user.profile" } },
        orderBy: { id: "asc" },
      });
    await set(userId, { name: "Al", level: 2 });
    for (const role of ["viewer", "support"] as const) {
      const actor = operatorOf(role, mine);
      await expect(setUserProfile(context(), actor, { userId, userProfile: { level: 3 } })).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(deleteUserProfiles(context(), actor, { userIds: [userId] })).rejects.toMatchObject({
        code: "forbidden",
      });
    }
    expect(await entries()).toEqual([]);
    const admin = operatorOf("admin", mine);
    await setUserProfile(context(), admin, {
      userId,
      userProfile: { level: 3, name: "" },
      userExtProfile: { ext_team: "red" },
    });
    await deleteUserProfiles(context(), admin, { userIds: [userId] });
    expect(await entries()).toMatchObject([
      {
        action: "user.profile_changed",
        targetName: "Registered",
        before: { level: 2, name: "Al", ext_team: null },
        after: { level: 3, name: null, ext_team: "red" },
        requestId: admin.requestId,
      },
      { action: "user.profile_cleared", before: { level: 3, ext_team: "red" }, after: { level: null, ext_team: null } },
    ]);
  });
});

test("a screen about a user's profile gets it with what may be set and who sees it; nothing for a soft-deleted one", async () => {
  const userId = await newUser();
  const viewer = operatorOf("viewer", mine);
  const detail = () => getProfileDetail(context(), viewer, { userId });
  const declaredKeys = [{ key: "ext_team" }, { key: "ext_rank" }];
  const none = { profile: null, declaredKeys, visibility: null, defaultVisibility: "hidden" };
  expect(await detail()).toEqual(none);
  await set(userId, { name: "Al" });
  await updateMyUserProfileVisibility(context(), appUserOf(mine, userId), { visibility: 3 });
  expect(await detail()).toMatchObject({ profile: { userProfile: { name: "Al" } }, visibility: "friends" });
  await context().db.prisma.user.updateMany({ where: { userId }, data: { softDeletedAt: new Date() } });
  expect(await detail()).toBeNull();
  expect(await getProfileDetail(context(), viewer, { userId: "nobody" })).toBeNull();
});

describe("listUserProfiles", () => {
  test("pages by time of registration in both orders, without users who have no hosted profile", async () => {
    const { production } = await createTestApp(context());
    const environment = production.ref;
    const ids = ["d", "a", "c", "b", "e"];
    // a and c are registered in the same millisecond: then the id decides.
    const at = (userId: string) => 1_700_000_000_000 + Math.ceil(ids.indexOf(userId) / 2) * 1000;
    await insertTestUsers(
      context(),
      environment,
      ids.map((userId) => ({ userId, createdAt: at(userId) })),
    );
    const server = appServerOf(environment);
    for (const userId of [...ids].reverse()) {
      await setUserProfile(context(), server, { userId, userProfile: { name: userId } });
    }
    await setUserProfile(context(), server, { userId: "b", userProfile: { name: "" } });
    const list = async (query: Parameters<typeof listUserProfiles>[2]) =>
      (await listUserProfiles(context(), server, query)).map((profile) => profile.userId);
    expect(await list({})).toEqual(["d", "a", "c", "e"]);
    expect(await list({ order: 1 })).toEqual(["e", "c", "a", "d"]);
    expect(await list({ page: 2, pageSize: 3 })).toEqual(["e"]);
    expect(await list({ page: 3, pageSize: 3 })).toEqual([]);
  });
});
