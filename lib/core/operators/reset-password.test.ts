import { expect, test } from "vitest";
import { systemOf, testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import { checkSession } from "./check-session";
import { resetPassword } from "./reset-password";
import { signIn } from "./sign-in";

const context = testContext();
const NEW_PASSWORD = "an entirely new password";

test("a lost password is replaced from the command line: the old one and all sessions are out, and the lock is lifted", async () => {
  const { email } = await createTestOperator(context(), "support");
  const { sessionId } = await signIn(context(), visitor(), { email, password: TEST_PASSWORD });
  for (let tries = 0; tries < 12; tries += 1) {
    await signIn(context(), visitor(), { email, password: "a guess" }).catch(() => null);
  }
  await expect(signIn(context(), visitor(), { email, password: TEST_PASSWORD })).rejects.toMatchObject({
    code: "sign_in_locked",
  });

  const reset = await resetPassword(context(), systemOf(null), { email: email.toUpperCase(), password: NEW_PASSWORD });
  expect(reset).toMatchObject({ email, sessionsEnded: 1 });
  expect(await checkSession(context(), sessionId, { touch: false })).toMatchObject({ active: false });
  await expect(signIn(context(), visitor(), { email, password: TEST_PASSWORD })).rejects.toThrow();
  await signIn(context(), visitor(), { email, password: NEW_PASSWORD });
  const entries = await context().db.prisma.auditEntry.findMany({ where: { action: "operator.password_changed" } });
  expect(entries).toMatchObject([{ actorKind: "system", targetName: email }]);
});

test("nobody of that address, and a password that the policy refuses, change nothing", async () => {
  const { email } = await createTestOperator(context(), "viewer");
  const unknown = resetPassword(context(), systemOf(null), { email: "nobody@example.com", password: NEW_PASSWORD });
  await expect(unknown).rejects.toMatchObject({ code: "not_found" });
  for (const password of ["short", email]) {
    await expect(resetPassword(context(), systemOf(null), { email, password })).rejects.toThrow();
  }
  await signIn(context(), visitor(), { email, password: TEST_PASSWORD });
});
