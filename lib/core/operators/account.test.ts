import { beforeEach, describe, expect, test } from "vitest";
import { operatorOf, testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import type { Operator } from "../actor";
import { changeOwnAccount } from "./change-own-account";
import { checkSession } from "./check-session";
import { endSession } from "./end-session";
import { listOwnSessions, listSessionsOf } from "./list-sessions";
import { findOperator } from "./operator-store";
import { removeOperator } from "./remove-operator";
import { signIn } from "./sign-in";

const context = testContext();

async function signedIn(role: Operator["role"]) {
  const operator = await createTestOperator(context(), role);
  const { sessionId } = await signIn(context(), visitor(), { email: operator.email, password: TEST_PASSWORD });
  const stored = await findOperator(context().db.prisma, operator.operatorId);
  if (stored === null) throw new Error("the operator is not stored");
  const actor: Operator = {
    ...operatorOf(role, null),
    operatorId: operator.operatorId,
    email: stored.email,
    name: stored.name,
    sessionId,
  };
  return { actor, sessionId, shown: { name: stored.name, email: stored.email } };
}

const isOpen = async (sessionId: string) => (await checkSession(context(), sessionId, { touch: false })).active;
let count = 0;
let address = "";
beforeEach(() => {
  count += 1;
  address = `new-${count}@example.com`;
});

describe("the own account", () => {
  test("a new name needs no password, and stands in the audit log", async () => {
    const { actor, shown } = await signedIn("viewer");
    await changeOwnAccount(context(), actor, { name: "Ana Maria", email: shown.email, shown });
    expect(await findOperator(context().db.prisma, actor.operatorId)).toMatchObject({ name: "Ana Maria" });
    const { rows } = await context().db.pool.query(
      "SELECT before, after FROM audit_entries WHERE action = 'operator.account_changed' AND target_id = $1",
      [actor.operatorId],
    );
    expect(rows).toEqual([{ before: shown, after: { name: "Ana Maria", email: shown.email } }]);
  });

  test("a new address takes the password, and is what signs in from then on", async () => {
    const { actor, shown } = await signedIn("viewer");
    const change = { name: shown.name, email: ` ${address.toUpperCase()} `, shown };
    await expect(
      changeOwnAccount(context(), actor, { ...change, currentPassword: "not the password" }),
    ).rejects.toMatchObject({ code: "invalid_parameter", field: "currentPassword" });
    await changeOwnAccount(context(), actor, { ...change, currentPassword: TEST_PASSWORD });
    await signIn(context(), visitor(), { email: address, password: TEST_PASSWORD });
    await expect(signIn(context(), visitor(), { email: shown.email, password: TEST_PASSWORD })).rejects.toMatchObject({
      code: "sign_in_failed",
    });
  });

  test("not an address of somebody else, and not over what was changed in another session", async () => {
    const { actor, shown } = await signedIn("viewer");
    const other = await createTestOperator(context(), "viewer");
    await expect(
      changeOwnAccount(context(), actor, { ...shown, email: other.email, currentPassword: TEST_PASSWORD, shown }),
    ).rejects.toMatchObject({ code: "email_taken", field: "email" });
    await changeOwnAccount(context(), actor, { ...shown, name: "Here", shown });
    await expect(changeOwnAccount(context(), actor, { ...shown, name: "There", shown })).rejects.toMatchObject({
      code: "version_conflict",
    });
  });
});

describe("single sessions", () => {
  test("one ends and the others go on; a second time it has ended already", async () => {
    const { actor, sessionId, shown } = await signedIn("viewer");
    const second = await signIn(context(), visitor(), { email: shown.email, password: TEST_PASSWORD });
    expect(await listOwnSessions(context(), actor)).toHaveLength(2);
    const input = { operatorId: actor.operatorId, sessionId: second.sessionId };
    await endSession(context(), actor, input);
    expect([await isOpen(sessionId), await isOpen(second.sessionId)]).toEqual([true, false]);
    await expect(endSession(context(), actor, input)).rejects.toMatchObject({ code: "not_found" });
  });

  test("owners see and end those of others; nobody else does", async () => {
    const { actor: theirs, sessionId } = await signedIn("support");
    const { actor: admin } = await signedIn("admin");
    const { actor: owner } = await signedIn("owner");
    const key = { operatorId: theirs.operatorId };
    await expect(listSessionsOf(context(), admin, key)).rejects.toMatchObject({ code: "forbidden" });
    await expect(endSession(context(), admin, { ...key, sessionId })).rejects.toMatchObject({ code: "forbidden" });
    expect(await listSessionsOf(context(), owner, key)).toMatchObject([{ id: sessionId, current: false }]);
    await endSession(context(), owner, { ...key, sessionId });
    expect(await isOpen(sessionId)).toBe(false);
  });

  test("a session is ended only as that of its own operator", async () => {
    const { actor } = await signedIn("viewer");
    const other = await signedIn("viewer");
    await expect(
      endSession(context(), actor, { operatorId: actor.operatorId, sessionId: other.sessionId }),
    ).rejects.toMatchObject({ code: "not_found" });
    expect(await isOpen(other.sessionId)).toBe(true);
  });
});

describe("removing an operator", () => {
  test("the account and its sessions are gone, the address is free, and the audit log keeps the name", async () => {
    const { actor: owner } = await signedIn("owner");
    const { actor: theirs, sessionId, shown } = await signedIn("admin");
    await removeOperator(context(), owner, { operatorId: theirs.operatorId, confirmation: shown.email });
    expect(await isOpen(sessionId)).toBe(false);
    expect(await findOperator(context().db.prisma, theirs.operatorId)).toBeNull();
    const { rows } = await context().db.pool.query(
      "SELECT target_name, before FROM audit_entries WHERE action = 'operator.removed' AND target_id = $1",
      [theirs.operatorId],
    );
    expect(rows).toEqual([{ target_name: shown.email, before: { ...shown, role: "admin" } }]);
  });

  test("not without the typed address, not oneself, and by owners only", async () => {
    const { actor: owner, shown: own } = await signedIn("owner");
    const { actor: theirs, shown } = await signedIn("viewer");
    const { actor: admin } = await signedIn("admin");
    const input = { operatorId: theirs.operatorId, confirmation: shown.email };
    await expect(removeOperator(context(), admin, input)).rejects.toMatchObject({ code: "forbidden" });
    await expect(removeOperator(context(), owner, { ...input, confirmation: "x" })).rejects.toMatchObject({
      code: "invalid_parameter",
      field: "confirmation",
    });
    await expect(
      removeOperator(context(), owner, { operatorId: owner.operatorId, confirmation: own.email }),
    ).rejects.toMatchObject({ code: "forbidden" });
    expect(await findOperator(context().db.prisma, theirs.operatorId)).not.toBeNull();
  });
});
