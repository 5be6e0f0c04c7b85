import { beforeEach, describe, expect, test } from "vitest";
import { operatorOf, testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import { INSTALLATION, type OperatorRole } from "../actor";
import { acceptInvitation } from "./accept-invitation";
import { changeRole } from "./change-role";
import { disableOperator } from "./disable-operator";
import { enableOperator } from "./enable-operator";
import { findInvitation } from "./find-invitation";
import { inviteOperator } from "./invite-operator";
import { listOperators } from "./list-operators";
import { revokeInvitation } from "./revoke-invitation";
import { signIn } from "./sign-in";
import { signOutOperator } from "./sign-out-everywhere";

const context = testContext();
const DAY = 86_400_000;

beforeEach(async () => {
  // Every test decides who the owners are.
  await context().db.prisma.operator.deleteMany();
  await context().db.prisma.invitation.deleteMany();
});

const codes = async (tried: Promise<unknown>[]) =>
  (await Promise.allSettled(tried)).map((one) =>
    one.status === "fulfilled" ? "ok" : (one.reason as { code: string }).code,
  );

describe("who may manage operators", () => {
  const acts = {
    invite: (role: OperatorRole) =>
      inviteOperator(context(), operatorOf(role, null), { email: "x@example.com", role: "viewer" }),
    revoke: (role: OperatorRole) => revokeInvitation(context(), operatorOf(role, null), { invitationId: "x" }),
    changeRole: (role: OperatorRole) =>
      changeRole(context(), operatorOf(role, null), { operatorId: "x", role: "owner" }),
    disable: (role: OperatorRole) => disableOperator(context(), operatorOf(role, null), { operatorId: "x" }),
    enable: (role: OperatorRole) => enableOperator(context(), operatorOf(role, null), { operatorId: "x" }),
    signOut: (role: OperatorRole) => signOutOperator(context(), operatorOf(role, null), { operatorId: "x" }),
  };
  for (const [name, act] of Object.entries(acts)) {
    test.each(["viewer", "support", "admin"] as const)(`${name}: not %s`, async (role) => {
      await expect(act(role)).rejects.toMatchObject({ code: "forbidden" });
    });
  }

  test("every role sees the list", async () => {
    const owner = await createTestOperator(context(), "owner");
    for (const role of ["viewer", "support", "admin", "owner"] as const) {
      const { operators } = await listOperators(context(), operatorOf(role, null));
      expect(operators).toMatchObject([{ id: owner.operatorId, isLastOwner: true }]);
      expect(JSON.stringify(operators)).not.toContain("argon2");
    }
  });
});

describe("the last owner", () => {
  test("can be neither demoted nor disabled", async () => {
    const owner = await createTestOperator(context(), "owner");
    const { operatorId } = owner;
    await expect(changeRole(context(), owner, { operatorId, role: "admin" })).rejects.toMatchObject({
      code: "last_owner",
    });
    await expect(disableOperator(context(), owner, { operatorId })).rejects.toMatchObject({ code: "last_owner" });
    const { operators } = await listOperators(context(), owner);
    expect(operators).toMatchObject([{ role: "owner", disabledAt: null }]);
  });

  test("a disabled owner does not count as one", async () => {
    const [ana, bea] = [await createTestOperator(context(), "owner"), await createTestOperator(context(), "owner")];
    await disableOperator(context(), ana, { operatorId: bea.operatorId });
    await expect(changeRole(context(), ana, { operatorId: ana.operatorId, role: "viewer" })).rejects.toMatchObject({
      code: "last_owner",
    });
  });

  test("two owners who demote each other at once leave one", async () => {
    for (let round = 0; round < 5; round++) {
      await context().db.prisma.operator.deleteMany();
      const [ana, bea] = [await createTestOperator(context(), "owner"), await createTestOperator(context(), "owner")];
      const outcomes = await codes([
        changeRole(context(), ana, { operatorId: bea.operatorId, role: "viewer" }),
        changeRole(context(), bea, { operatorId: ana.operatorId, role: "viewer" }),
      ]);
      // The second was no owner any more when its turn came.
      expect(outcomes.toSorted()).toEqual(["forbidden", "ok"]);
      const { operators } = await listOperators(context(), operatorOf("viewer", null));
      expect(operators.filter((operator) => operator.role === "owner")).toHaveLength(1);
    }
  });

  test("two owners who step down at once leave one", async () => {
    const owners = [await createTestOperator(context(), "owner"), await createTestOperator(context(), "owner")];
    const outcomes = await codes(
      owners.map((owner) => changeRole(context(), owner, { operatorId: owner.operatorId, role: "admin" })),
    );
    expect(outcomes.toSorted()).toEqual(["last_owner", "ok"]);
  });
});

describe("invitations", () => {
  test("the link makes an operator with the role it was made for, once", async () => {
    const owner = await createTestOperator(context(), "owner");
    const { secret } = await inviteOperator(context(), owner, { email: " New@Example.com ", role: "support" });
    expect(await findInvitation(context(), secret)).toMatchObject({ email: "new@example.com", role: "support" });
    const stored = await context().db.prisma.invitation.findFirstOrThrow();
    expect(JSON.stringify(stored)).not.toContain(secret);

    const accept = () => acceptInvitation(context(), visitor(), { secret, name: "Newcomer", password: TEST_PASSWORD });
    const outcomes = await codes([accept(), accept(), accept()]);
    expect(outcomes.toSorted()).toEqual(["link_invalid", "link_invalid", "ok"]);
    expect(await findInvitation(context(), secret)).toBeNull();
    const { operator } = await signIn(context(), visitor(), { email: "new@example.com", password: TEST_PASSWORD });
    expect(operator.role).toBe("support");
    const { invitations } = await listOperators(context(), owner);
    expect(invitations).toEqual([]);
  });

  test("works for seven days", async () => {
    const owner = await createTestOperator(context(), "owner");
    const { secret } = await inviteOperator(context(), owner, { email: "late@example.com", role: "viewer" });
    context().advance(7 * DAY + 1000);
    await expect(
      acceptInvitation(context(), visitor(), { secret, name: "Late", password: TEST_PASSWORD }),
    ).rejects.toMatchObject({ code: "link_invalid" });
  });

  test("revoked, or replaced by a newer one, it works no more", async () => {
    const owner = await createTestOperator(context(), "owner");
    const first = await inviteOperator(context(), owner, { email: "bea@example.com", role: "admin" });
    const second = await inviteOperator(context(), owner, { email: "bea@example.com", role: "viewer" });
    expect(await findInvitation(context(), first.secret)).toBeNull();
    await revokeInvitation(context(), owner, { invitationId: second.invitationId });
    expect(await findInvitation(context(), second.secret)).toBeNull();
    await expect(revokeInvitation(context(), owner, { invitationId: second.invitationId })).rejects.toMatchObject({
      code: "not_found",
    });
  });

  test("not for somebody who is an operator", async () => {
    const owner = await createTestOperator(context(), "owner");
    await expect(inviteOperator(context(), owner, { email: owner.email, role: "viewer" })).rejects.toMatchObject({
      code: "email_taken",
      field: "email",
    });
  });

  test("the secret is nowhere in the audit log", async () => {
    const owner = await createTestOperator(context(), "owner");
    const { secret } = await inviteOperator(context(), owner, { email: "quiet@example.com", role: "viewer" });
    await acceptInvitation(context(), visitor(), { secret, name: "Quiet", password: TEST_PASSWORD });
    const rows = await context().db.prisma.auditEntry.findMany({ where: { environmentId: INSTALLATION } });
    const text = JSON.stringify(rows, (_, value) => (typeof value === "bigint" ? String(value) : value));
    expect(text).toContain("operator.invitation_accepted");
    expect(text).not.toContain(secret);
    expect(text).not.toContain(TEST_PASSWORD);
  });
});
