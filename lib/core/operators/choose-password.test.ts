import { describe, expect, test } from "vitest";
import { systemOf, testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import { acceptInvitation } from "./accept-invitation";
import { changeOwnPassword } from "./change-own-password";
import { createFirstOwner } from "./create-first-owner";
import { createOperator } from "./create-operator";
import { createSetupLink } from "./create-setup-link";
import { inviteOperator } from "./invite-operator";
import { updatePasswordHash } from "./operator-store";
import { hashPassword } from "./password";
import { passwordStrength } from "./password-strength";
import { resetPassword } from "./reset-password";
import { PASSWORD_MAX_LENGTH } from "./schema";
import { signIn } from "./sign-in";

const context = testContext();
const WEAK = "Password1234!";

describe("a password that is easy to guess", () => {
  const ana = { name: "Ana Silva", email: "ana.silva@example.com" };

  test.each([
    "1234567890",
    "123456789012",
    "password1234",
    "Password1234!",
    "Passw0rd!Passw0rd!",
    "qwertyuiop12",
    "aaaaaaaaaaaaaaaa",
    "abcdefghijklmnop",
    "sunshine2024!",
    "ana.silva@example.com1",
    "AnaSilva2026",
    "silva.ana.1987",
    "imuserservice12",
    "IM User Service 1",
  ])("%s", async (password) => {
    expect(await passwordStrength(password, ana)).toEqual({ level: "weak", problem: expect.any(String) });
  });

  test("what a manager makes and what three words make is not one", async () => {
    for (const password of ["kZ8$vQp2mW!x", "correct horse battery", "winter violin 22 ladder", "ünïcödé påsswörter"]) {
      expect((await passwordStrength(password, ana)).problem).toBeNull();
    }
  });

  test("is judged in a fraction of a second, however long and tangled it is", async () => {
    await passwordStrength(WEAK, ana);
    const started = performance.now();
    await passwordStrength("p4$$w0rd".repeat(16), ana);
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  test("opens nothing: every way to set a password refuses it at its field, and nothing else is done", async () => {
    const refused = (field: string) => ({ code: "invalid_parameter", field });
    const email = "weak@example.com";
    const { secret: setup } = await createSetupLink(context(), systemOf(null));
    await expect(
      createFirstOwner(context(), visitor(), { secret: setup, email, name: "Ana", password: WEAK }),
    ).rejects.toMatchObject(refused("password"));
    await expect(
      createOperator(context(), systemOf(null), { email, password: WEAK, role: "viewer" }),
    ).rejects.toMatchObject(refused("password"));

    const owner = await createTestOperator(context(), "owner");
    const { secret } = await inviteOperator(context(), owner, { email, role: "viewer" });
    await expect(acceptInvitation(context(), visitor(), { secret, name: "Ana", password: WEAK })).rejects.toMatchObject(
      refused("password"),
    );
    await expect(
      changeOwnPassword(context(), owner, { currentPassword: TEST_PASSWORD, newPassword: WEAK }),
    ).rejects.toMatchObject(refused("newPassword"));
    await expect(
      resetPassword(context(), systemOf(null), { email: owner.email, password: WEAK }),
    ).rejects.toMatchObject(refused("password"));

    await signIn(context(), visitor(), { email: owner.email, password: TEST_PASSWORD });
    await acceptInvitation(context(), visitor(), { secret, name: "Ana", password: TEST_PASSWORD });
  });

  test("of 128 characters is taken, and each of them counts", async () => {
    const email = "long@example.com";
    const password = `${"Ünïcödé wörds of a mänager ".repeat(5)}`.slice(0, PASSWORD_MAX_LENGTH);
    await createOperator(context(), systemOf(null), { email, password, role: "viewer" });
    await signIn(context(), visitor(), { email, password });
    for (const other of [password.slice(0, -1), `${password.slice(0, -1)}!`, password.toLowerCase(), ` ${password}`]) {
      await expect(signIn(context(), visitor(), { email, password: other })).rejects.toMatchObject({
        code: "sign_in_failed",
      });
    }
  });

  test("goes on opening the account of those who have had it from before", async () => {
    const owner = await createTestOperator(context(), "owner");
    await updatePasswordHash(context().db.prisma, owner.operatorId, await hashPassword("1234567890"));
    await signIn(context(), visitor(), { email: owner.email, password: "1234567890" });
  });
});
