import { describe, expect, test } from "vitest";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import { deleteTestUser } from "../deletion/delete-test-user";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { addNote, changeNote, deleteNote } from "./change-notes";
import { listNotes } from "./list-notes";
import { NOTES_MAX } from "./schema";

const context = testContext();

async function noted() {
  const { development } = await createTestApp(context());
  await insertTestUsers(context(), development.ref, [{ userId: "alice", name: "Alice" }, { userId: "bob" }]);
  const ana = { ...operatorOf("support", development.ref), operatorId: "ana", name: "Ana" };
  const ben = { ...operatorOf("support", development.ref), operatorId: "ben", name: "Ben" };
  const admin = operatorOf("admin", development.ref);
  return { environment: development.ref, ana, ben, admin };
}

const texts = async (actor: Parameters<typeof listNotes>[1], userId = "alice") =>
  (await listNotes(context(), actor, { userId })).map(({ text }) => text);

describe("notes of operators on a user", () => {
  test("are listed newest first with who wrote them, and belong to one user of one environment", async () => {
    const { ana, ben } = await noted();
    await addNote(context(), ana, { userId: "alice", text: " First " });
    await addNote(context(), ben, { userId: "alice", text: "Second" });
    expect(await listNotes(context(), ana, { userId: "alice" })).toMatchObject([
      { text: "Second", createdBy: { id: "ben", name: "Ben" }, editedAt: null },
      { text: "First", createdBy: { id: "ana", name: "Ana" } },
    ]);
    expect(await texts(ana, "bob")).toEqual([]);
    expect(await texts((await noted()).ana)).toEqual([]);
  });

  test("only their author changes them, and not over a text that the page did not show", async () => {
    const { ana, ben } = await noted();
    const { id: noteId } = await addNote(context(), ana, { userId: "alice", text: "Old" });
    const change = { userId: "alice", noteId, text: "New", shown: "Old" };
    await expect(changeNote(context(), ben, change)).rejects.toMatchObject({ code: "forbidden" });
    await changeNote(context(), ana, change);
    await expect(changeNote(context(), ana, { ...change, text: "Newer" })).rejects.toMatchObject({
      code: "version_conflict",
    });
    const [note] = await listNotes(context(), ana, { userId: "alice" });
    expect(note).toMatchObject({ text: "New", editedAt: expect.any(Date) });
  });

  test("their author deletes them, an admin anybody's, and then they are gone", async () => {
    const { ana, ben, admin } = await noted();
    const [first, second] = [
      await addNote(context(), ana, { userId: "alice", text: "1" }),
      await addNote(context(), ana, { userId: "alice", text: "2" }),
    ];
    await expect(deleteNote(context(), ben, { userId: "alice", noteId: first.id })).rejects.toMatchObject({
      code: "forbidden",
    });
    await deleteNote(context(), ana, { userId: "alice", noteId: first.id });
    await deleteNote(context(), admin, { userId: "alice", noteId: second.id });
    await expect(deleteNote(context(), ana, { userId: "alice", noteId: first.id })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(await texts(ana)).toEqual([]);
  });

  test("are audited without their text", async () => {
    const { environment, ana } = await noted();
    const { id } = await addNote(context(), ana, { userId: "alice", text: "a secret about her" });
    await changeNote(context(), ana, { userId: "alice", noteId: id, text: "another one", shown: "a secret about her" });
    await deleteNote(context(), ana, { userId: "alice", noteId: id });
    const { rows } = await context().db.pool.query<{ entry: string; action: string }>(
      "SELECT action, to_jsonb(a)::text AS entry FROM audit_entries a WHERE environment_id = $1 ORDER BY id",
      [environment.id],
    );
    const ours = rows.filter(({ action }) => action.startsWith("user.note"));
    expect(ours.map(({ action }) => action)).toEqual(["user.note_added", "user.note_changed", "user.note_deleted"]);
    expect(ours.map(({ entry }) => entry).join()).not.toMatch(/secret|another/);
  });

  test("go with the user, by soft delete and by deletion; nobody notes anything about who is gone", async () => {
    const { environment, ana } = await noted();
    for (const userId of ["alice", "bob"]) await addNote(context(), ana, { userId, text: userId });
    await softDeleteUsers(context(), appServerOf(environment), { userIds: ["alice"] });
    await deleteTestUser(context(), operatorOf("owner", environment), { userId: "bob", confirmation: "bob" });
    const { rows } = await context().db.pool.query("SELECT 1 FROM user_notes WHERE environment_id = $1", [
      environment.id,
    ]);
    expect(rows).toEqual([]);
    for (const userId of ["alice", "bob", "nobody"]) {
      await expect(addNote(context(), ana, { userId, text: "late" })).rejects.toMatchObject({ code: "user_not_found" });
    }
  });

  test("are limited in number and by role", async () => {
    const { environment, ana } = await noted();
    await context().db.pool.query(
      `INSERT INTO user_notes (environment_id, user_id, text, created_at, created_by_id, created_by_name)
       SELECT $1, 'alice', 'x', now(), 'ana', 'Ana' FROM generate_series(1, $2)`,
      [environment.id, NOTES_MAX],
    );
    await expect(addNote(context(), ana, { userId: "alice", text: "one more" })).rejects.toMatchObject({
      code: "invalid_parameter",
      field: "text",
    });
    await expect(
      addNote(context(), operatorOf("viewer", environment), { userId: "bob", text: "x" }),
    ).rejects.toMatchObject({ code: "forbidden" });
  });
});
