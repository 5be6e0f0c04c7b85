import { beforeAll, describe, expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import type { EnvironmentRef, Operator } from "../actor";
import { changeView, deleteView, saveView } from "./change-views";
import { chooseColumns, getChosenColumns } from "./choose-columns";
import { listViews } from "./list-views";
import { VIEWS_MAX } from "./schema";
import { forgetKeptBy } from "./view-store";

const context = testContext();
let ref: EnvironmentRef;
let elsewhere: EnvironmentRef;
const named = (operatorId: string, role: Operator["role"] = "support"): Operator => ({
  ...operatorOf(role, ref),
  operatorId,
  name: operatorId.toUpperCase(),
});
const seenBy = async (actor: Operator) =>
  (await listViews(context(), actor, { list: "users" })).map(({ name, own, mayChange }) => ({ name, own, mayChange }));
const save = (actor: Operator, name: string, shared = false, query = "status=banned") =>
  saveView(context(), actor, { list: "users", name, query, shared });

beforeAll(async () => {
  const app = await createTestApp(context());
  ref = app.development.ref;
  elsewhere = app.production.ref;
});

describe("saved views", () => {
  test("are seen by whoever saved them, and by all of the environment's operators once they are shared", async () => {
    const [ana, ben, boss] = [named("ana"), named("ben"), named("boss", "admin")];
    await save(ana, "Mine");
    const { id } = await save(ana, "Ours", true);
    await save(ben, "Mine");
    expect(await seenBy(ana)).toEqual([
      { name: "Mine", own: true, mayChange: true },
      { name: "Ours", own: true, mayChange: true },
    ]);
    expect(await seenBy(ben)).toEqual([
      { name: "Mine", own: true, mayChange: true },
      { name: "Ours", own: false, mayChange: false },
    ]);
    expect(await seenBy(boss)).toEqual([{ name: "Ours", own: false, mayChange: true }]);
    expect(await seenBy({ ...boss, environment: elsewhere })).toEqual([]);
    expect(await listViews(context(), ana, { list: "bans" })).toEqual([]);

    const change = { list: "users", viewId: id, version: 1, name: "Theirs", query: "q=x", shared: true } as const;
    await expect(changeView(context(), ben, change)).rejects.toMatchObject({ code: "forbidden" });
    await expect(deleteView(context(), ben, change)).rejects.toMatchObject({ code: "forbidden" });
    await changeView(context(), boss, change);
    // Ana's page showed the version before.
    await expect(changeView(context(), ana, change)).rejects.toMatchObject({
      code: "version_conflict",
      conflict: { current: { version: 2 } },
    });
    await deleteView(context(), ana, { list: "users", viewId: id });
    await expect(deleteView(context(), ana, { list: "users", viewId: id })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await seenBy(ben)).toHaveLength(1);
    const recorded = await context().db.prisma.auditEntry.findMany({
      where: { environmentId: ref.id, action: { startsWith: "view." } },
      orderBy: { id: "asc" },
    });
    expect(recorded.map(({ action, actorId }) => [action, actorId])).toEqual([
      ["view.shared", "ana"],
      ["view.changed", "boss"],
      ["view.deleted", "ana"],
    ]);
  });

  test("of others are not there for anybody else until they are shared", async () => {
    const cleo = named("cleo");
    const { id } = await save(cleo, "Secret");
    const key = { list: "users", viewId: id } as const;
    for (const other of [named("dan"), named("owner", "owner")]) {
      await expect(deleteView(context(), other, key)).rejects.toMatchObject({ code: "not_found" });
    }
    await changeView(context(), cleo, { ...key, version: 1, name: "Open", query: "", shared: true });
    expect(await seenBy(named("dan"))).toEqual([{ name: "Open", own: false, mayChange: false }]);
  });

  test("need a name that the operator has not yet, a role to be shared, and are limited", async () => {
    const [eve, viewer] = [named("eve"), named("vic", "viewer")];
    await save(viewer, "Mine");
    await expect(save(viewer, "Shared", true)).rejects.toMatchObject({ code: "forbidden" });
    const { id } = await save(eve, "One");
    await expect(save(eve, "One")).rejects.toMatchObject({ code: "invalid_parameter", field: "name" });
    await expect(save(eve, "  ")).rejects.toThrow();
    await changeView(context(), eve, { list: "users", viewId: id, version: 1, name: "One", query: "", shared: false });
    for (let n = 1; n < VIEWS_MAX; n++) await save(eve, `View ${n}`);
    await expect(save(eve, "One more")).rejects.toMatchObject({ code: "invalid_parameter", field: "name" });
    await saveView(context(), eve, { list: "bans", name: "One more", query: "", shared: false });
  });

  test("go with their operator, but for those that are shared; so do the columns", async () => {
    const gus = named("gus");
    await save(gus, "Gone");
    await save(gus, "Stays", true);
    await chooseColumns(context(), gus, { list: "users", columns: ["status"] });
    await forgetKeptBy(context().db.prisma, ["gus"]);
    expect((await seenBy(gus)).map(({ name }) => name)).toContain("Stays");
    expect((await seenBy(gus)).map(({ name }) => name)).not.toContain("Gone");
    expect(await getChosenColumns(context(), gus)).toEqual({});
  });
});

test("columns are chosen by each operator for each list, in every environment, until they are all shown again", async () => {
  const [ana, ben] = [named("ana"), named("ben")];
  await chooseColumns(context(), ana, { list: "users", columns: ["status", "seen"] });
  await chooseColumns(context(), ana, { list: "bans", columns: [] });
  await chooseColumns(context(), ana, { list: "users", columns: ["status"] });
  expect(await getChosenColumns(context(), { ...ana, environment: elsewhere })).toEqual({
    users: ["status"],
    bans: [],
  });
  expect(await getChosenColumns(context(), ben)).toEqual({});
  await chooseColumns(context(), ana, { list: "users", columns: null });
  expect(await getChosenColumns(context(), ana)).toEqual({ bans: [] });
});
