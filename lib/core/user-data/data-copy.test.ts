import { expect, test } from "vitest";
import { appUserOf } from "@/test/support/app-users";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { finishForTest, startAfterDryRun } from "@/test/support/jobs";
import { insertFriendship } from "@/test/support/relations";
import { insertTestUsers } from "@/test/support/users";
import { banUsers } from "../bans/ban-users";
import { unbanUsers } from "../bans/unban-users";
import { createGroup } from "../groups/create-group";
import { sendGroupMessage } from "../messages/send-group-message";
import { addNote } from "../notes/change-notes";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { COPIES_KEPT_DAYS, deleteOldCopies, type UserDataCopy } from "./data-copy-store";
import { downloadCopies } from "./download-copies";
import { USER_DATA } from "./user-data";

/** Everything stored about a user, copied by a job and downloaded. */

const context = testContext();

async function copied() {
  const { production } = await createTestApp(context());
  const { ref } = production;
  const createdAt = Date.now() - 60_000;
  await insertTestUsers(
    context(),
    ref,
    ["ann", "bob", "cat"].map((userId) => ({ userId, createdAt })),
  );
  await insertFriendship(context(), ref, "ann", "bob");
  await createGroup(context(), appServerOf(ref), { groupId: "team", name: "Team", ownerId: "ann", userIds: ["bob"] });
  for (const userId of ["ann", "bob"]) {
    const content = `from ${userId}`;
    await sendGroupMessage(context(), appUserOf(ref, userId), { groupId: "team", messageType: "app:text", content });
  }
  const admin = operatorOf("admin", ref);
  await addNote(context(), admin, { userId: "ann", text: "Called." });
  const selection = { by: "ids", userIds: ["ann", "nobody", "cat"] } as const;
  const jobId = await startAfterDryRun(context(), admin, { kind: "copy_data" }, selection);
  const job = await finishForTest(context(), admin, jobId);
  return { ref, admin, jobId, job };
}

async function taken(admin: ReturnType<typeof operatorOf>, jobId: string): Promise<UserDataCopy[]> {
  const { chunks } = await downloadCopies(context(), admin, { jobId });
  let file = "";
  for await (const chunk of chunks) file += chunk;
  return (JSON.parse(file) as { users: UserDataCopy[] }).users;
}

test("has the user's row and the rows of the list, what was said and received too, and says what it has not and why", async () => {
  const { admin, jobId, job } = await copied();
  expect(job).toMatchObject({ state: "finished", succeeded: 2, skipped: 1 });
  const [ann, cat, ...others] = await taken(admin, jobId);
  expect(others).toEqual([]);
  expect(ann).toMatchObject({ userId: "ann", user: { user_id: "ann", name: expect.any(String), friend_count: 1 } });
  expect(ann?.data["inbox_entries.user_id"]).toMatchObject([
    { content: "from ann", sender_id: "ann", target_id: "team" },
    { content: "from bob", sender_id: "bob" },
  ]);
  expect(ann?.data["friendships.user_id"]).toMatchObject([{ friend_id: "bob" }]);
  expect(ann?.data["groups.owner_id"]).toMatchObject([{ group_id: "team" }]);
  expect(ann?.data["user_notes.user_id"]).toMatchObject([{ text: "Called." }]);
  expect(cat?.data).toEqual({});
  const of = (table: string, columns: readonly string[]) => columns.map((column) => `${table}.${column}`);
  const left = USER_DATA.flatMap(({ table, others = [] }) => of(table, others));
  const told = [...Object.keys(ann?.data ?? {}), ...Object.keys(ann?.notCopied ?? {})];
  const list = USER_DATA.flatMap(({ table, column }) => of(table, [column]));
  expect([...list, ...left]).toEqual(expect.arrayContaining(told));
  const silent = USER_DATA.flatMap(({ table, column, copy }) => (copy === "rows" ? [] : of(table, [column])));
  expect(Object.keys(ann?.notCopied ?? {}).sort()).toEqual([...silent, ...left].sort());
  // Of nobody else's environment, and no number of it.
  expect(JSON.stringify(ann)).not.toContain("environment_id");
});

test("names no operator: of bans and notes it says what was done, why and when, and by what kind of actor", async () => {
  const { admin } = await copied();
  await banUsers(context(), admin, { userIds: ["cat"], durationMinutes: 10, reason: "spam" });
  await unbanUsers(context(), admin, { userIds: ["cat"] });
  const selection = { by: "ids", userIds: ["ann", "cat"] } as const;
  const jobId = await startAfterDryRun(context(), admin, { kind: "copy_data" }, selection);
  await finishForTest(context(), admin, jobId);
  const users = await taken(admin, jobId);
  const [ann, cat] = users;
  expect(cat?.data["bans.user_id"]).toMatchObject([
    { reason: "spam", minutes: 10, banned_by_kind: "operator", lifted_by_kind: "operator" },
  ]);
  expect(ann?.data["user_notes.user_id"]).toMatchObject([{ text: "Called." }]);
  for (const { data } of users) {
    expect(JSON.stringify(data)).not.toContain(admin.name);
    expect(JSON.stringify(data)).not.toContain(admin.operatorId);
  }
  expect(cat?.notCopied["bans.banned_by_name"]).toMatch(/operator/);
});

test("is for owners and admins, and leaves a record of each copied user and each download", async () => {
  const { ref, admin, jobId } = await copied();
  const support = operatorOf("support", ref);
  await expect(downloadCopies(context(), support, { jobId })).rejects.toMatchObject({ code: "forbidden" });
  await expect(
    startAfterDryRun(context(), support, { kind: "copy_data" }, { by: "ids", userIds: ["ann"] }),
  ).rejects.toMatchObject({ code: "forbidden" });
  await taken(admin, jobId);
  const entries = await context().db.prisma.auditEntry.findMany({
    where: { environmentId: ref.id, action: { in: ["user.data_copied", "user.data_downloaded"] } },
    orderBy: { id: "asc" },
  });
  expect(entries).toMatchObject([
    { action: "user.data_copied", targetId: "ann", after: { job: jobId } },
    { action: "user.data_copied", targetId: "cat" },
    { action: "user.data_downloaded", targetKind: "job", targetId: jobId, after: { users: 2 } },
  ]);
});

test("goes with its user, after a week at the latest, and the download then says so", async () => {
  const { ref, admin, jobId } = await copied();
  await softDeleteUsers(context(), appServerOf(ref), { userIds: ["ann"] });
  expect((await taken(admin, jobId)).map(({ userId }) => userId)).toEqual(["cat"]);
  const week = COPIES_KEPT_DAYS * 86_400_000;
  expect(await deleteOldCopies(context().db.prisma, new Date(context().now() + week - 60_000), 100)).toBe(0);
  await deleteOldCopies(context().db.prisma, new Date(context().now() + week + 60_000), 100);
  await expect(downloadCopies(context(), admin, { jobId })).rejects.toMatchObject({
    code: "not_found",
    message: expect.stringContaining("7 days"),
  });
  await expect(downloadCopies(context(), admin, { jobId: "nope" })).rejects.toMatchObject({ code: "not_found" });
});
