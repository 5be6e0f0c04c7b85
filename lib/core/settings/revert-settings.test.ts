import { expect, test } from "vitest";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import type { Operator } from "../actor";
import { changeSettings } from "./change-settings";
import { getSettings } from "./get-settings";
import { planRevert } from "./plan-revert";
import { revertSettings } from "./revert-settings";
import type { Settings } from "./schema";

const context = testContext();

async function setUp() {
  const { development, production } = await createTestApp(context());
  const ana = { ...operatorOf("admin", development.ref), name: "Ana" };
  const ben = { ...operatorOf("owner", development.ref), name: "Ben" };
  const read = async () => (await getSettings(context(), ana)).values;
  const save = async (actor: Operator, changes: Partial<Settings>, note = "") => {
    const operator = { ...actor, requestId: crypto.randomUUID() };
    const { version } = await getSettings(context(), operator);
    return changeSettings(context(), operator, { version, changes, note });
  };
  const revert = (actor: Operator, input: { requestId: string; version?: number; note?: string }) =>
    revertSettings(context(), { ...actor, requestId: crypto.randomUUID() }, input);
  return { development: development.ref, production: production.ref, ana, ben, read, save, revert };
}

const KEYS = [{ key: "ext_team", label: "Team (the one) at work" }, { key: "ext_rank" }];

test("exactly the values before the change come back, lists and their labels too, and the log says who did it", async () => {
  const { development, ana, ben, read, save, revert } = await setUp();
  await save(ana, { profileKeys: KEYS, accessTokenValidityHours: 24, allowedOrigins: "https://a.example.com" });
  const before = await read();
  const { requestId } = await save(ana, {
    profileKeys: [{ key: "ext_new" }],
    accessTokenValidityHours: null,
    allowedOrigins: "",
    restrictDirectMessagingToFriends: true,
  });

  const plan = await planRevert(context(), ben, { requestId });
  expect(plan).toMatchObject({ before: { profileKeys: KEYS, accessTokenValidityHours: 24 }, changedSince: [] });
  const reverted = await revert(ben, { requestId, note: "not yet" });

  expect(await read()).toEqual(before);
  const entry = await context().db.prisma.auditEntry.findFirst({
    where: { environmentId: development.id, action: "settings.reverted" },
  });
  expect(entry).toMatchObject({
    actorName: "Ben",
    before: { restrictDirectMessagingToFriends: true },
    after: { restrictDirectMessagingToFriends: false, note: "not yet", reverted: requestId },
  });
  expect((await getSettings(context(), ana)).changed.accessTokenValidityHours?.byName).toBe("Ben");

  // A revert is a change like any other.
  await revert(ana, { requestId: reverted.requestId });
  expect((await read()).restrictDirectMessagingToFriends).toBe(true);
});

test("what somebody else has changed since is asked about, with their name; other settings are nobody's business", async () => {
  const { ana, ben, read, save, revert } = await setUp();
  const { requestId } = await save(ana, { accessTokenValidityHours: 24 });
  await save(ben, { friendRequestPreference: "nobody" });
  expect(await planRevert(context(), ana, { requestId })).toMatchObject({ changedSince: [] });

  await save(ben, { accessTokenValidityHours: 48 });
  await save(ana, { profileUpdatesToFriends: true });
  await expect(revert(ana, { requestId })).rejects.toMatchObject({
    code: "version_conflict",
    conflict: { by: "Ben", did: expect.stringContaining("changed the chat settings of Test app") },
  });
  expect((await read()).accessTokenValidityHours).toBe(48);

  const plan = await planRevert(context(), ana, { requestId });
  expect(plan).toMatchObject({
    now: { accessTokenValidityHours: 48 },
    before: { accessTokenValidityHours: null },
    changedSince: [{ key: "accessTokenValidityHours", by: "Ben" }],
  });
  await save(ben, { accessTokenValidityHours: 72 });
  await expect(revert(ana, { requestId, version: plan.version })).rejects.toMatchObject({ code: "version_conflict" });
  const { version } = await planRevert(context(), ana, { requestId });
  await revert(ana, { requestId, version });
  expect(await read()).toMatchObject({ accessTokenValidityHours: null, friendRequestPreference: "nobody" });
});

test("of two operators who revert one change at once, one is told of the other", async () => {
  const { ana, ben, read, save, revert } = await setUp();
  const { requestId } = await save(ana, { restrictDirectMessagingToFriends: true });
  const outcomes = await Promise.allSettled([revert(ana, { requestId }), revert(ben, { requestId })]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  const refused = outcomes.find((outcome) => outcome.status === "rejected");
  expect(refused?.reason).toMatchObject({
    code: "version_conflict",
    conflict: { by: expect.stringMatching(/Ana|Ben/) },
  });
  expect((await read()).restrictDirectMessagingToFriends).toBe(false);
});

test("no other environment, no other kind of entry, nobody below admin, and in production not without a note", async () => {
  const { development, production, ana, save, revert } = await setUp();
  const { requestId } = await save(ana, { accessTokenValidityHours: 24 });
  const inProduction = operatorOf("admin", production);
  await expect(revert(inProduction, { requestId, note: "x" })).rejects.toMatchObject({ code: "not_found" });
  await expect(revert(inProduction, { requestId })).rejects.toMatchObject({ field: "note" });
  await expect(revert(ana, { requestId: "nothing" })).rejects.toMatchObject({ code: "not_found" });
  await expect(revert(operatorOf("support", development), { requestId })).rejects.toMatchObject({ code: "forbidden" });
});
