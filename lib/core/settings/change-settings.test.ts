import { describe, expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { changeSettings } from "./change-settings";
import { getSettings } from "./get-settings";
import { settingsOf } from "./settings-of";

const context = testContext();

describe("changeSettings", () => {
  test("starts at the defaults, and a saved change is read back with who made it", async () => {
    const { development } = await createTestApp(context());
    const admin = operatorOf("admin", development.ref);
    expect((await getSettings(context(), admin)).values).toEqual({
      defaultProfileVisibility: "hidden",
      profileKeys: [],
      restrictDirectMessagingToFriends: false,
      friendRequestPreference: "approval",
      profileUpdatesToFriends: false,
      accessTokenValidityHours: null,
      samePlatformConnections: "allow",
      allowedOrigins: "",
    });

    const { version } = await changeSettings(context(), admin, {
      version: 1,
      changes: { restrictDirectMessagingToFriends: true, accessTokenValidityHours: 24 },
    });

    const state = await getSettings(context(), admin);
    expect(state.version).toBe(version);
    expect(state.values).toMatchObject({ restrictDirectMessagingToFriends: true, accessTokenValidityHours: 24 });
    expect(state.changed.restrictDirectMessagingToFriends?.byName).toBe("Test admin");
    expect(state.changed.friendRequestPreference).toBeUndefined();
  });

  test("a setting can go back to no value", async () => {
    const { development } = await createTestApp(context());
    const admin = operatorOf("admin", development.ref);
    const { version } = await changeSettings(context(), admin, {
      version: 1,
      changes: { accessTokenValidityHours: 5 },
    });
    await changeSettings(context(), admin, { version, changes: { accessTokenValidityHours: null } });
    expect((await getSettings(context(), admin)).values.accessTokenValidityHours).toBeNull();
  });

  test("declared profile keys are a list: kept as it is, audited in words, and saving the same again is no change", async () => {
    const { development } = await createTestApp(context());
    const admin = operatorOf("admin", development.ref);
    const save = async (profileKeys: { key: string; label?: string }[]) =>
      changeSettings(context(), admin, {
        version: (await getSettings(context(), admin)).version,
        changes: { profileKeys },
      });
    await save([
      { key: "ext_team", label: " Team " },
      { key: "ext_rank", label: "" },
    ]);
    expect((await getSettings(context(), admin)).values.profileKeys).toEqual([
      { key: "ext_team", label: "Team" },
      { key: "ext_rank" },
    ]);
    await save([{ key: "ext_team", label: "Team" }, { key: "ext_rank" }]);
    await save([{ key: "ext_rank" }, { key: "ext_new" }]);
    const entries = await context().db.prisma.auditEntry.findMany({
      where: { environmentId: development.ref.id, action: "settings.changed" },
      orderBy: { id: "asc" },
    });
    expect(entries.map(({ before, after }) => [before, after])).toEqual([
      [{ profileKeys: [] }, { profileKeys: ["ext_team (Team)", "ext_rank"] }],
      [{ profileKeys: ["ext_team (Team)", "ext_rank"] }, { profileKeys: ["ext_rank", "ext_new"] }],
    ]);
    const refused: { key: string }[][] = [
      [{ key: "team" }],
      [{ key: "ext_" }],
      [{ key: "ext_a-b" }],
      [{ key: `ext_${"k".repeat(29)}` }],
      [{ key: "ext_a" }, { key: "ext_a" }],
      Array.from({ length: 101 }, (_, index) => ({ key: `ext_${index}` })),
    ];
    for (const profileKeys of refused) await expect(save(profileKeys)).rejects.toMatchObject({ name: "ZodError" });
  });

  test("of two operators who save on the same version one is refused and told by whom, and loses nothing stored", async () => {
    const { development } = await createTestApp(context());
    const outcomes = await Promise.allSettled(
      ["everyone", "nobody"].map((friendRequestPreference) =>
        changeSettings(context(), operatorOf("admin", development.ref), {
          version: 1,
          changes: { friendRequestPreference: friendRequestPreference as "everyone" | "nobody" },
        }),
      ),
    );
    const refused = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(refused).toHaveLength(1);
    expect(refused[0]?.reason).toMatchObject({ code: "version_conflict" });
    expect(String(refused[0]?.reason.message)).toContain("Test admin");
    expect((await getSettings(context(), operatorOf("viewer", development.ref))).version).toBe(2);
  });

  test("is audited with old and new value and the note", async () => {
    const { production } = await createTestApp(context());
    const admin = operatorOf("admin", production.ref);
    await changeSettings(context(), admin, {
      version: 1,
      changes: { friendRequestPreference: "nobody" },
      note: "incident 12",
    });
    const entry = await context().db.prisma.auditEntry.findFirst({
      where: { environmentId: production.ref.id, action: "settings.changed" },
    });
    expect(entry).toMatchObject({
      before: { friendRequestPreference: "approval" },
      after: { friendRequestPreference: "nobody", note: "incident 12" },
      requestId: admin.requestId,
    });
  });

  test("production asks for a note, and nobody below admin may change anything", async () => {
    const { production, development } = await createTestApp(context());
    const changes = { restrictDirectMessagingToFriends: true };
    await expect(
      changeSettings(context(), operatorOf("owner", production.ref), { version: 1, changes }),
    ).rejects.toMatchObject({ code: "invalid_parameter", field: "note" });
    for (const role of ["viewer", "support"] as const) {
      await expect(
        changeSettings(context(), operatorOf(role, development.ref), { version: 1, changes }),
      ).rejects.toMatchObject({ code: "forbidden" });
    }
  });

  test("origins are kept one per line, each once, and whatever isn’t an origin is named", async () => {
    const { development } = await createTestApp(context());
    const admin = operatorOf("admin", development.ref);
    const save = (allowedOrigins: string) =>
      changeSettings(context(), admin, { version: 1, changes: { allowedOrigins } });
    for (const wrong of ["https://a.example.com/chat", "a.example.com", "*", "ftp://a.example.com", "https://a b"]) {
      await expect(save(wrong)).rejects.toThrow("isn’t an origin");
    }
    await save(" https://A.example.com,\nhttp://localhost:3000\n\nhttps://a.example.com");
    expect((await getSettings(context(), admin)).values.allowedOrigins).toBe(
      "https://a.example.com\nhttp://localhost:3000",
    );
  });

  test("one environment's settings are not the other's", async () => {
    const { production, development } = await createTestApp(context());
    await changeSettings(context(), operatorOf("admin", development.ref), {
      version: 1,
      changes: { restrictDirectMessagingToFriends: true },
    });
    expect((await settingsOf(context(), production.ref.id)).restrictDirectMessagingToFriends).toBe(false);
  });
});

describe("settingsOf", () => {
  test("a cached reader sees a change in under a second", async () => {
    const { development } = await createTestApp(context());
    expect((await settingsOf(context(), development.ref.id)).restrictDirectMessagingToFriends).toBe(false);
    await changeSettings(context(), operatorOf("admin", development.ref), {
      version: 1,
      changes: { restrictDirectMessagingToFriends: true },
    });
    await expect
      .poll(async () => (await settingsOf(context(), development.ref.id)).restrictDirectMessagingToFriends, {
        timeout: 1_000,
        interval: 10,
      })
      .toBe(true);
  });
});
