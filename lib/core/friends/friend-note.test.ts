import { describe, expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, operatorOf, testContext } from "@/test/support/context";
import { environmentWith, eventsDuring } from "@/test/support/friend-world";
import type { EnvironmentRef } from "../actor";
import { changeSettings } from "../settings/change-settings";
import { addFriend } from "./add-friend";
import { getFriendPermissions, setFriendPermission, setOwnFriendLevel } from "./friend-permission";
import { listFriends } from "./list-friends";
import { removeFriends } from "./remove-friends";
import { setFriendNote } from "./set-friend-note";

const context = testContext();

const noteOf = async (ref: EnvironmentRef, userId: string) => {
  const { friends } = await listFriends(context(), appServerOf(ref), { userId });
  return friends.map(({ alias, attributes }) => ({ alias, attributes }));
};

describe("the note of a friend", () => {
  const friends = async () => {
    const ref = await environmentWith(context(), "ann", "bob", "cat");
    await addFriend(context(), appServerOf(ref), { userId: "ann", targetId: "bob", action: 2 });
    const set = (note: { alias?: string; friendExtProfile?: Record<string, string> }) =>
      setFriendNote(context(), appUserOf(ref, "ann"), { userId: "ann", targetId: "bob", ...note });
    return { ref, set };
  };

  test("an omitted alias is cleared; attributes are merged by key, empty ones removed, omitted ones stay", async () => {
    const { ref, set } = await friends();
    await set({ alias: "Bobby", friendExtProfile: { ext_a: "1", ext_b: "2" } });
    expect(await noteOf(ref, "ann")).toEqual([{ alias: "Bobby", attributes: { ext_a: "1", ext_b: "2" } }]);
    await set({ friendExtProfile: { ext_a: "", ext_c: "3" } });
    expect(await noteOf(ref, "ann")).toEqual([{ alias: "", attributes: { ext_b: "2", ext_c: "3" } }]);
    await set({ alias: "B" });
    expect(await noteOf(ref, "ann")).toEqual([{ alias: "B", attributes: { ext_b: "2", ext_c: "3" } }]);
  });

  test("is seen by its owner alone, told to the owner alone, and gone with the friendship", async () => {
    const { ref, set } = await friends();
    const heard = await eventsDuring(context(), ref, 2, async () => {
      await set({ alias: "Bobby" });
      await removeFriends(context(), appServerOf(ref), { userId: "bob", targetIds: ["ann"] });
    });
    expect(heard.find((event) => event.type === "friends.note_changed")).toEqual({
      type: "friends.note_changed",
      environmentId: ref.id,
      userId: "ann",
      friendId: "bob",
      connectionId: "",
    });
    await addFriend(context(), appServerOf(ref), { userId: "ann", targetId: "bob", action: 2 });
    expect(await noteOf(ref, "bob")).toEqual([{ alias: "", attributes: {} }]);
    expect(await noteOf(ref, "ann")).toEqual([{ alias: "", attributes: {} }]);
  });

  test("holds at most ten attributes, counted with those that are there", async () => {
    const { ref, set } = await friends();
    const ten = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`ext_${n}`, "x"]));
    await set({ friendExtProfile: ten });
    const refusal = { code: "friend_attributes_too_many" };
    await expect(set({ friendExtProfile: { ext_new: "x" } })).rejects.toMatchObject(refusal);
    await expect(set({ friendExtProfile: { ...ten, ext_new: "" } })).rejects.toMatchObject(refusal);
    await set({ friendExtProfile: { ext_0: "", ext_new: "y" } });
    const [note] = await noteOf(ref, "ann");
    expect(Object.keys(note?.attributes ?? {})).toHaveLength(10);
  });

  test("concurrent changes of different attributes are all kept", async () => {
    const { ref, set } = await friends();
    await Promise.all(Array.from({ length: 10 }, (_, n) => set({ friendExtProfile: { [`ext_${n}`]: "x" } })));
    const [note] = await noteOf(ref, "ann");
    expect(Object.keys(note?.attributes ?? {})).toHaveLength(10);
  });

  test("needs a friend: who is none, or unknown, is refused; so is another app user", async () => {
    const { ref } = await friends();
    const set = (userId: string, targetId: string) => setFriendNote(context(), appServerOf(ref), { userId, targetId });
    await expect(set("ann", "cat")).rejects.toMatchObject({ code: "not_friends" });
    await expect(set("nobody", "bob")).rejects.toMatchObject({ code: "user_not_found", field: "userId" });
    await expect(set("ann", "nobody")).rejects.toMatchObject({ code: "user_not_found", field: "targetId" });
    await expect(
      setFriendNote(context(), appUserOf(ref, "bob"), { userId: "ann", targetId: "bob" }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});

describe("who may add a user", () => {
  test("own choice before the setting, unknown users skipped, and back to the setting", async () => {
    const ref = await environmentWith(context(), "ann", "bob");
    const actor = appServerOf(ref);
    const get = (...userIds: string[]) => getFriendPermissions(context(), actor, { userIds });
    await setFriendPermission(context(), actor, { userIds: ["nobody", "ann"], permissionType: 3 });
    expect(await get("bob", "nobody", "ann")).toEqual([
      { userId: "bob", permission: 2, own: false },
      { userId: "ann", permission: 3, own: true },
    ]);
    const changes = { friendRequestPreference: "nobody" } as const;
    await changeSettings(context(), operatorOf("admin", ref), { version: 1, changes, note: "test" });
    await expect.poll(async () => (await get("bob"))[0]?.permission, { timeout: 2_000 }).toBe(3);
    await setOwnFriendLevel(context(), operatorOf("admin", ref), { userId: "ann", permissionType: null });
    expect(await get("ann")).toEqual([{ userId: "ann", permission: 3, own: false }]);
    const entries = await context().db.prisma.auditEntry.findMany({
      where: { environmentId: ref.id, action: "friend.permission_changed" },
    });
    expect(entries).toMatchObject([
      { targetId: "ann", before: { permissionType: 3 }, after: { permissionType: null }, actorKind: "operator" },
    ]);
  });

  test("an app user sets and reads the own level only", async () => {
    const ref = await environmentWith(context(), "ann", "bob");
    const ann = appUserOf(ref, "ann");
    await setFriendPermission(context(), ann, { userIds: ["ann"], permissionType: 1 });
    expect(await getFriendPermissions(context(), ann, { userIds: ["ann"] })).toMatchObject([{ permission: 1 }]);
    for (const userIds of [["bob"], ["ann", "bob"]]) {
      await expect(setFriendPermission(context(), ann, { userIds, permissionType: 1 })).rejects.toMatchObject({
        code: "forbidden",
      });
      await expect(getFriendPermissions(context(), ann, { userIds })).rejects.toMatchObject({ code: "forbidden" });
    }
  });
});
