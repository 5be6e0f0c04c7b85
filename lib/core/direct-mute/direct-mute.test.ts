import { expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, operatorOf, testContext } from "@/test/support/context";
import { inDeadlock } from "@/test/support/deadlock";
import { environmentWith, eventsDuring } from "@/test/support/friend-world";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { listMuted } from "./list-muted";
import { setDirectMute } from "./set-direct-mute";

const context = testContext();

const mutedIn = async (ref: EnvironmentRef) => (await listMuted(context(), appServerOf(ref), {})).userIds;

test("mutes without an end, skips unknown and soft-deleted ones, is audited, and tells every process", async () => {
  const ref = await environmentWith(context(), "ann", "bob");
  await insertTestUsers(context(), ref, [{ userId: "gone", softDeletedAt: context().now() }]);
  const heard = await eventsDuring(context(), ref, 2, async () => {
    const muted = await setDirectMute(context(), appServerOf(ref), {
      userIds: ["bob", "nobody", "gone", "ann"],
      muted: true,
    });
    expect(muted).toEqual({ changed: ["bob", "ann"] });
    expect(await mutedIn(ref)).toEqual(["ann", "bob"]);
    const unmuted = await setDirectMute(context(), appServerOf(ref), { userIds: ["ann", "nobody"], muted: false });
    expect(unmuted).toEqual({ changed: ["ann"] });
  });
  expect(heard).toMatchObject([
    { type: "users.muted", userIds: ["bob", "ann"] },
    { type: "users.unmuted", userIds: ["ann"] },
  ]);
  expect(await mutedIn(ref)).toEqual(["bob"]);
  const entries = await context().db.prisma.auditEntry.findMany({
    where: { environmentId: ref.id },
    orderBy: { id: "asc" },
  });
  expect(entries.map((entry) => [entry.action, entry.targetId, entry.source])).toEqual([
    ["user.direct_muted", "ann", "server_api"],
    ["user.direct_muted", "bob", "server_api"],
    ["user.direct_unmuted", "ann", "server_api"],
  ]);
  expect(entries[2]).toMatchObject({ before: { directMutedAt: expect.any(String) }, after: { directMutedAt: null } });
});

test("a second mute changes nothing: the user stays muted since the first, and no entry is written", async () => {
  const ref = await environmentWith(context(), "ann");
  await setDirectMute(context(), appServerOf(ref), { userIds: ["ann"], muted: true });
  const since = await context().db.prisma.user.findFirst({ where: { environmentId: ref.id } });
  context().advance(60_000);
  const again = await setDirectMute(context(), appServerOf(ref), { userIds: ["ann"], muted: true });
  expect(again).toEqual({ changed: [] });
  const after = await context().db.prisma.user.findFirst({ where: { environmentId: ref.id } });
  expect(after?.directMutedAt).toEqual(since?.directMutedAt);
  expect(await context().db.prisma.auditEntry.count({ where: { environmentId: ref.id } })).toBe(1);
});

test("outlives a deadlock with somebody who locks users in another order", async () => {
  const ref = await environmentWith(context(), "ann", "bob");
  const mute = () => setDirectMute(context(), appServerOf(ref), { userIds: ["ann", "bob"], muted: true });
  const muted = await inDeadlock(context(), ref, { held: "bob", wanted: "ann" }, mute);
  expect(muted).toEqual({ changed: ["ann", "bob"] });
  expect(await context().db.prisma.auditEntry.count({ where: { environmentId: ref.id } })).toBe(2);
});

test("the longest muted come first, in pages by offset, each environment apart", async () => {
  const ids = Array.from({ length: 5 }, (_, n) => `u${n}`);
  const ref = await environmentWith(context(), ...ids);
  const others = await environmentWith(context(), ...ids);
  await setDirectMute(context(), appServerOf(others), { userIds: ids, muted: true });
  for (const userId of ["u3", "u1", "u4"]) {
    context().advance(1_000);
    await setDirectMute(context(), appServerOf(ref), { userIds: [userId], muted: true });
  }
  const list = (pageSize: number, offset: number) => listMuted(context(), appServerOf(ref), { pageSize, offset });
  expect(await list(2, 0)).toEqual({ totalCount: 3, userIds: ["u3", "u1"] });
  expect(await list(2, 2)).toEqual({ totalCount: 3, userIds: ["u4"] });
  expect(await list(2, 9)).toEqual({ totalCount: 3, userIds: [] });
});

test("concurrent mutes of the same users, named in different orders, end in one state with one entry each", async () => {
  const ids = Array.from({ length: 20 }, (_, n) => `u${n}`);
  const ref = await environmentWith(context(), ...ids);
  await Promise.all(
    Array.from({ length: 8 }, (_, n) =>
      setDirectMute(context(), appServerOf(ref), { userIds: n % 2 === 0 ? ids : [...ids].reverse(), muted: true }),
    ),
  );
  expect(await mutedIn(ref)).toHaveLength(20);
  expect(await context().db.prisma.auditEntry.count({ where: { environmentId: ref.id } })).toBe(20);
});

test("support may mute, viewers and app users may not", async () => {
  const ref = await environmentWith(context(), "ann");
  const input = { userIds: ["ann"], muted: true };
  await expect(setDirectMute(context(), operatorOf("viewer", ref), input)).rejects.toMatchObject({ code: "forbidden" });
  await expect(setDirectMute(context(), appUserOf(ref, "ann"), input)).rejects.toMatchObject({ code: "forbidden" });
  expect(await setDirectMute(context(), operatorOf("support", ref), input)).toEqual({ changed: ["ann"] });
});
