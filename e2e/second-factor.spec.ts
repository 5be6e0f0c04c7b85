import type { Page } from "@playwright/test";
import { generateSync } from "otplib";
import { expectAccessible } from "./fixtures/accessibility";
import { outdateProof, responsive, signedOut, submitSignIn } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

/** A security key with finger print, in the browser's own developer tools. */
async function plugInSecurityKey(page: Page) {
  const devTools = await page.context().newCDPSession(page);
  await devTools.send("WebAuthn.enable");
  const { authenticatorId } = await devTools.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { devTools, authenticatorId };
}

const signOut = async (page: Page) => {
  await page.getByRole("button", { name: "Your account" }).click();
  await page.getByRole("menuitem", { name: "Sign out", exact: true }).click();
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await responsive(page);
};
const main = (page: Page) => page.getByRole("navigation", { name: "Main" });

test("an authenticator app and a passkey: set up, asked for, used alone, lost and taken off by an owner", async ({
  page: owner,
  newcomer,
}) => {
  const { page, operator } = await newcomer("support");
  await plugInSecurityKey(page);
  await page.goto("/account");
  await responsive(page);
  const factors = page.getByRole("region", { name: "Second factors" });
  let secret = "";
  let codes: string[] = [];
  const codeOf = (step = 0) => generateSync({ secret, epoch: Math.floor(Date.now() / 1_000) + step * 30 });

  await test.step("the app takes its first code, and brings recovery codes", async () => {
    await factors.getByRole("button", { name: "Set up app" }).click();
    const dialog = page.getByRole("dialog", { name: "Set up an authenticator app" });
    await expect(dialog.getByRole("img", { name: "QR code" })).toBeVisible();
    await expectAccessible(page, "set up an authenticator app");
    secret = ((await dialog.locator("code").textContent()) ?? "").replaceAll(" ", "");
    await dialog.getByLabel("Code", { exact: true }).fill("000000");
    await dialog.getByRole("button", { name: "Turn on" }).click();
    await expect(dialog.getByLabel("Code", { exact: true })).toHaveAttribute("aria-invalid", "true");
    await dialog.getByLabel("Code", { exact: true }).fill(codeOf());
    await dialog.getByRole("button", { name: "Turn on" }).click();
    const shown = page.getByRole("dialog", { name: "Your recovery codes" });
    const list = shown.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
    await expect(list).toHaveCount(10);
    codes = await list.allTextContents();
    await shown.getByRole("button", { name: "Done" }).click();
    await expect(factors).toContainText("10 recovery codes left");
  });

  await test.step("a passkey is added", async () => {
    await factors.getByRole("button", { name: "Add passkey" }).click();
    const dialog = page.getByRole("dialog", { name: "Add a passkey" });
    await dialog.getByLabel("Name", { exact: true }).fill("Laptop");
    await dialog.getByRole("button", { name: "Add passkey" }).click();
    await expect(factors.getByRole("listitem").filter({ hasText: "Laptop" })).toContainText("never used");
    await expectAccessible(page, "account with second factors");
  });

  await test.step("the password alone no longer signs in; a recovery code finishes it", async () => {
    await signOut(page);
    await submitSignIn(page, operator.email, operator.password);
    await expect(page.getByRole("button", { name: "Use your passkey" })).toBeVisible();
    await expectAccessible(page, "the second step");
    await page.getByLabel("Code", { exact: true }).fill("123456");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByLabel("Code", { exact: true })).toHaveAccessibleDescription(/isn’t right/);
    await page.getByLabel("Code", { exact: true }).fill(codes[0] ?? "");
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(main(page)).toBeVisible();
  });

  await test.step("the passkey is a second step, and signs in alone", async () => {
    await signOut(page);
    await submitSignIn(page, operator.email, operator.password);
    await page.getByRole("button", { name: "Use your passkey" }).click();
    await expect(main(page)).toBeVisible();
    await signOut(page);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expect(main(page)).toBeVisible();
  });

  await test.step("an owner takes them off: the password alone signs in again", async () => {
    await owner.goto("/operators");
    await responsive(owner);
    await owner.getByRole("button", { name: `Actions for ${operator.email}` }).click();
    await owner.getByRole("menuitem", { name: "Take second factors off…" }).click();
    const dialog = owner.getByRole("alertdialog", { name: `Take the second factors off ${operator.email}?` });
    await dialog.getByRole("button", { name: "Take second factors off" }).click();
    await expect(dialog).toHaveCount(0);
    await signOut(page);
    await submitSignIn(page, operator.email, operator.password);
    await expect(main(page)).toBeVisible();
  });
});

test("what takes a fresh proof asks for it in a dialog, and goes on with what was typed", async ({ newcomer }) => {
  const { page, operator } = await newcomer("owner");
  await page.goto("/operators?dialog=invite");
  await responsive(page);
  await outdateProof(page);
  const invite = page.getByRole("dialog", { name: "Invite operator" });
  await invite.getByLabel("E-mail", { exact: true }).fill("gina.new@example.com");
  await invite.getByRole("button", { name: "Create link" }).click();

  const dialog = page.getByRole("dialog", { name: "Confirm that it’s you" });
  await expect(dialog.getByLabel("Password", { exact: true })).toBeFocused();
  await expectAccessible(page, "confirm that it is you");
  await dialog.getByLabel("Password", { exact: true }).fill("not it, by far");
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(dialog.getByLabel("Password", { exact: true })).toHaveAccessibleDescription(/not your password/);
  await dialog.getByLabel("Password", { exact: true }).fill(operator.password);
  await dialog.getByRole("button", { name: "Confirm" }).click();
  await expect(page.getByRole("dialog", { name: "Invitation for gina.new@example.com" })).toBeVisible();
});

test.describe("nobody signed in", () => {
  test.use({ storageState: signedOut });

  test("a passkey that nobody here has signs nobody in", async ({ page }) => {
    await plugInSecurityKey(page);
    await page.goto("/sign-in");
    await responsive(page);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await expect(page.getByRole("main").getByRole("alert")).toContainText("No passkey was used");
  });
});
