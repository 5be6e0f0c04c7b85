import { beforeEach, describe, expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { appUserOf } from "@/test/support/groups";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import type { Page } from "../paging/page-size";
import { createGroup } from "./create-group";
import { dismissGroup } from "./dismiss-group";
import { foldGroupNames } from "./fold-group-names";
import { getGroup } from "./get-group";
import { setGroupAlias } from "./group-alias";
import { joinGroup } from "./join-group";
import { listGroups } from "./list-groups";
import type { GroupSort } from "./list-schema";
import { pageGroupMembers, pageGroupsOfUser } from "./page-memberships";
import { setGroupRole } from "./set-group-role";
import { updateGroup } from "./update-group";

const context = testContext();
let environment: EnvironmentRef;
let other: EnvironmentRef;

beforeEach(async () => {
  const app = await createTestApp(context());
  environment = app.production.ref;
  other = app.development.ref;
  await insertTestUsers(context(), environment, [{ userId: "ann", name: "Ann Arbor" }, { userId: "bob" }]);
  await insertTestUsers(context(), other, [{ userId: "ann" }]);
});

const viewer = () => operatorOf("viewer", environment);

/** Groups that are in the index, each created a second after the one before, three of a name at a time. */
async function plantGroups(count: number): Promise<void> {
  await context().db.prisma.group.createMany({
    data: Array.from({ length: count }, (_, n) => ({
      environmentId: environment.id,
      groupId: `g${String(n).padStart(3, "0")}`,
      name: `Room ${Math.floor(n / 3)}`,
      ownerId: "ann",
      createdAt: new Date(1_767_225_600_000 + Math.floor(n / 4) * 1_000),
      memberCount: 1,
    })),
  });
  await foldGroupNames(context(), () => false);
}

/** All pages forwards; each step is also taken back, and leads to the page before. */
async function walk<Row>(read: (cursor: string | undefined) => Promise<Page<Row>>, idOf: (row: Row) => string) {
  const ids: string[] = [];
  let cursor: string | undefined;
  let before: string[] | null = null;
  do {
    const page: Page<Row> = await read(cursor);
    const shown = page.rows.map(idOf);
    if (before !== null) expect((await read(page.previous ?? "")).rows.map(idOf)).toEqual(before);
    before = shown;
    ids.push(...shown);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

describe("the list of groups", () => {
  test("each group once, newest first or by id, both ways, with its owner's name", async () => {
    await plantGroups(60);
    const all = (sort: GroupSort) =>
      walk(
        (cursor) => listGroups(context(), viewer(), { sort, cursor }),
        (group) => group.groupId,
      );
    const ids = Array.from({ length: 60 }, (_, n) => `g${String(n).padStart(3, "0")}`);
    expect(await all("created")).toEqual(ids);
    expect(await all("-created")).toEqual([...ids].reverse());
    expect(await all("id")).toEqual(ids);
    expect(await all("-id")).toEqual([...ids].reverse());
    const page = await listGroups(context(), viewer(), {});
    expect(page).toMatchObject({ order: "-created", previous: null });
    expect(page.rows[0]).toMatchObject({ ownerId: "ann", ownerName: "Ann Arbor", memberCount: 1 });
    expect((await listGroups(context(), operatorOf("viewer", other), {})).rows).toEqual([]);
  });

  test("a search finds the exact id, then ids and then names that start with the text, none twice, in pages", async () => {
    await plantGroups(60);
    const server = appServerOf(environment);
    for (const [groupId, name] of [
      ["room", "Anything"],
      ["room-2", "Room of two"],
      ["ROOM", "Upper"],
    ] as const) {
      await createGroup(context(), server, { groupId, name, ownerId: "ann" });
    }
    const found = await walk(
      (cursor) => listGroups(context(), viewer(), { q: " room ", cursor }),
      (group) => group.groupId,
    );
    expect(found.slice(0, 2)).toEqual(["room", "room-2"]);
    expect(found).toHaveLength(62);
    expect(new Set(found).size).toBe(62);
    expect(found).not.toContain("ROOM");
    const names = await listGroups(context(), viewer(), { q: "ROOM 1" });
    expect(names.order).toBe("relevance");
    expect(names.rows.map((group) => group.name)).toEqual([
      ...Array.from({ length: 3 }, () => "Room 1"),
      ...Array.from({ length: 22 }, () => expect.stringMatching(/^Room 1\d$/)),
    ]);
    expect((await listGroups(context(), viewer(), { q: "oom" })).rows).toEqual([]);
    expect((await listGroups(context(), operatorOf("viewer", other), { q: "room" })).rows).toEqual([]);
  });

  test("a name is found whatever its case, accents and signs, from before its words were kept too, once they are filled in", async () => {
    const names = { buho: "Búho Nocturno", team: "“Équipe” – Paris", oc: "O'Connor", strasse: "STRASSE 7" };
    for (const [key, name] of Object.entries(names)) {
      await createGroup(context(), appServerOf(environment), { groupId: `g-${key}`, name, ownerId: "ann" });
    }
    const found = async (q: string) => (await listGroups(context(), viewer(), { q })).rows.map(({ name }) => name);
    const all = async () => {
      expect(await found("BUHO noc")).toEqual([names.buho]);
      expect(await found("equipe  par")).toEqual([names.team]);
      expect(await found("oconn")).toEqual([names.oc]);
      expect(await found("straße")).toEqual([names.strasse]);
      expect(await found("?!")).toEqual([]);
    };
    await all();
    await context().db.prisma.group.updateMany({ data: { searchName: null } });
    await context().db.prisma.groupSearchTerm.deleteMany();
    expect(await found("buho")).toEqual([]);
    expect(await found("g-buho"), "by its id at once").toEqual([names.buho]);
    const before = await context().db.prisma.group.count({ where: { searchName: null } });
    expect(await foldGroupNames(context(), () => false)).toBe(before);
    await all();
    expect(await foldGroupNames(context(), () => false)).toBe(0);
  });

  test("a name is found by any of its words, in any order, the whole name first, and a group never twice", async () => {
    const names = [
      "Reading Club Berlin",
      "Berlin",
      "Club of MacDonald",
      "Berliner Berge",
      "Zeta berlin berlin",
      "李娜 fans",
      "Party 🦜",
    ];
    for (const [n, name] of names.entries()) {
      await createGroup(context(), appServerOf(environment), { groupId: `g-${n}`, name, ownerId: "ann" });
    }
    const found = async (q: string) => (await listGroups(context(), viewer(), { q })).rows.map(({ name }) => name);
    expect(await found("berlin")).toEqual(["Berlin", "Berliner Berge", "Reading Club Berlin", "Zeta berlin berlin"]);
    expect(await found("ber")).toEqual(["Berlin", "Berliner Berge", "Reading Club Berlin", "Zeta berlin berlin"]);
    expect(await found("berlin club")).toEqual(["Reading Club Berlin"]);
    expect(await found("CLUB ber")).toEqual(["Reading Club Berlin"]);
    expect(await found("donald")).toEqual(["Club of MacDonald"]);
    expect(await found("娜")).toEqual(["李娜 fans"]);
    expect(await found("🦜")).toEqual(["Party 🦜"]);
    expect(await found("lub")).toEqual([]);
    const inPages = await walk(
      (cursor) => listGroups(context(), viewer(), { q: "ber", size: 25, cursor }),
      (group) => group.name,
    );
    expect(inPages).toEqual(await found("ber"));
    await dismissGroup(context(), appServerOf(environment), { groupId: "g-1" });
    expect(await context().db.prisma.groupSearchTerm.count({ where: { groupId: "g-1" } })).toBe(0);
    await createGroup(context(), appServerOf(environment), { groupId: "g-1", name: "Hamburg", ownerId: "ann" });
    expect(await found("hamb")).toEqual(["Hamburg"]);
    expect(await found("berlin")).not.toContain("Berlin");
    await updateGroup(context(), appServerOf(environment), { groupId: "g-0", name: "Reading Club Hamburg" });
    expect(await found("hamb")).toEqual(["Hamburg", "Reading Club Hamburg"]);
    expect(await found("reading")).toEqual(["Reading Club Hamburg"]);
    expect(await found("berlin")).not.toContain("Reading Club Berlin");
    expect(await found("club hamburg")).toEqual(["Reading Club Hamburg"]);
  });

  test("one group by its id, in its environment only", async () => {
    await createGroup(context(), appServerOf(environment), { groupId: "team", name: "Team", ownerId: "ann" });
    expect(await getGroup(context(), viewer(), { groupId: "team" })).toMatchObject({ name: "Team", memberCount: 1 });
    for (const groupId of ["Team", "", "a\0", "x".repeat(300)]) {
      expect(await getGroup(context(), viewer(), { groupId })).toBeNull();
    }
    expect(await getGroup(context(), operatorOf("viewer", other), { groupId: "team" })).toBeNull();
  });
});

describe("memberships", () => {
  test("members of a group and groups of a user, both ways and by role", async () => {
    const server = appServerOf(environment);
    const userIds = Array.from({ length: 60 }, (_, n) => `m${String(n).padStart(2, "0")}`);
    await insertTestUsers(
      context(),
      environment,
      userIds.map((userId) => ({ userId })),
    );
    await createGroup(context(), server, { groupId: "team", name: "Team", ownerId: "ann" });
    context().advance(1_000);
    await joinGroup(context(), server, { groupId: "team", userIds });
    await setGroupRole(context(), server, { groupId: "team", userId: "m07", role: 2 });
    const members = (query: object) =>
      walk(
        (cursor) => pageGroupMembers(context(), viewer(), { groupId: "team", ...query, cursor }),
        (member) => member.userId,
      );
    expect(await members({})).toEqual(["ann", ...userIds]);
    expect(await members({ sort: "-joined" })).toEqual(["ann", ...userIds].reverse());
    expect(await members({ role: "admin" })).toEqual(["m07"]);
    expect(await members({ role: "owner" })).toEqual(["ann"]);
    expect(await members({ role: "member" })).toHaveLength(59);

    await setGroupAlias(context(), server, { groupId: "team", userId: "m07", alias: "Mine" });
    const joined = await pageGroupsOfUser(context(), viewer(), { userId: "m07", role: "admin" });
    expect(joined.rows).toEqual([
      { groupId: "team", name: "Team", role: 2, nickname: "", alias: "Mine", joinedAt: expect.any(Date) },
    ]);
    expect((await pageGroupsOfUser(context(), viewer(), { userId: "m07", role: "owner" })).rows).toEqual([]);
    expect((await pageGroupsOfUser(context(), viewer(), { userId: "nobody" })).rows).toEqual([]);
  });

  test("admins are made by operators and by the owner's client, never of the owner, and it is audited", async () => {
    const server = appServerOf(environment);
    await createGroup(context(), server, { groupId: "team", name: "Team", ownerId: "ann", userIds: ["bob"] });
    const make = (actor: Parameters<typeof setGroupRole>[1], userId: string, role: 1 | 2 = 2) =>
      setGroupRole(context(), actor, { groupId: "team", userId, role });
    const admin = operatorOf("admin", environment);
    await make(admin, "bob");
    await make(admin, "bob");
    await make(appUserOf(environment, "ann"), "bob", 1);
    await expect(make(appUserOf(environment, "bob"), "bob")).rejects.toMatchObject({ code: "group_forbidden" });
    await expect(make(appUserOf(environment, "eve"), "bob")).rejects.toMatchObject({ code: "not_in_group" });
    await expect(make(admin, "ann", 1)).rejects.toMatchObject({ code: "group_owner_only_dismisses" });
    await expect(make(admin, "eve")).rejects.toMatchObject({ code: "not_in_group" });
    await expect(make(operatorOf("support", environment), "bob")).rejects.toMatchObject({ code: "forbidden" });
    const entries = await context().db.prisma.auditEntry.findMany({ where: { environmentId: environment.id } });
    expect(entries).toMatchObject([
      { action: "group.role_changed", targetId: "bob", before: { role: "member" }, after: { role: "admin" } },
    ]);
  });
});
