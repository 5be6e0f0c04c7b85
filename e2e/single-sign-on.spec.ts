import { startOpenIdProvider } from "../test/support/openid-provider";
import { expectAccessible } from "./fixtures/accessibility";
import { installation } from "./fixtures/installation";
import { outdateProof, responsive, signedOut } from "./fixtures/operators";
import { expect, test } from "./fixtures/test";

test("an owner sets single sign-on up; somebody new signs in with it, and proves there once more who they are", async ({
  newcomer,
  browser,
  browserOptions,
}) => {
  const { page: owner } = await newcomer("owner");
  const provider = await startOpenIdProvider(`${installation.consoleUrl}/api/auth/callback/oidc`);
  try {
    await test.step("the settings are checked and kept", async () => {
      await owner.goto("/operators");
      await responsive(owner);
      const card = owner.getByRole("region", { name: "Single sign-on" });
      await card.getByLabel("Name", { exact: true }).fill("Acme");
      await card.getByLabel("Issuer", { exact: true }).fill("http://login.example.com");
      await card.getByLabel("Client ID", { exact: true }).fill(provider.clientId);
      await card.getByLabel("Client secret", { exact: true }).fill(provider.clientSecret);
      await card.getByLabel("Scopes", { exact: true }).fill("openid email profile groups");
      await card.getByLabel("Roles of groups", { exact: true }).fill("owners=owner");
      await card.getByLabel("First sign-in makes an operator", { exact: true }).check();
      await card.getByRole("button", { name: "Save single sign-on" }).click();
      await expect(card.getByLabel("Issuer", { exact: true })).toHaveAccessibleDescription(/https/);
      await card.getByLabel("Issuer", { exact: true }).fill(provider.issuer);
      await card.getByRole("button", { name: "Save single sign-on" }).click();
      await expect(owner.getByText("Single sign-on saved.")).toBeVisible();
      await expectAccessible(owner, "operators with single sign-on");
    });

    await test.step("what was saved in another tab meanwhile is shown beside what is typed, and kept", async () => {
      const other = await owner.context().newPage();
      await other.goto("/operators");
      await responsive(other);
      const card = (tab: typeof owner) => tab.getByRole("region", { name: "Single sign-on" });
      const saveName = async (tab: typeof owner, name: string) => {
        await card(tab).getByLabel("Name", { exact: true }).fill(name);
        await card(tab).getByRole("button", { name: "Save single sign-on" }).click();
      };
      await saveName(other, "Acme Theirs");
      await expect(other.getByText("Single sign-on saved.")).toBeVisible();
      await saveName(owner, "Acme Mine");
      const conflict = card(owner).getByRole("alert").filter({ hasText: "Someone changed this" });
      const row = card(owner).getByRole("table", { name: "Theirs and yours" }).getByRole("row", { name: /^Name/ });
      await expect(row).toContainText("Acme Theirs");
      await expect(row).toContainText("Acme Mine");
      await conflict.getByRole("button", { name: "Keep theirs" }).click();
      await expect(card(owner).getByLabel("Name", { exact: true })).toHaveValue("Acme Theirs");
      await saveName(owner, "Acme");
      await expect(card(owner).getByRole("button", { name: "Save single sign-on" })).toBeDisabled();
      await other.close();
    });

    const page = await (await browser.newContext({ ...browserOptions, storageState: signedOut })).newPage();
    const proceed = page.getByRole("button", { name: "Continue with Acme" });
    await page.goto("/sign-in?next=/account");
    await responsive(page);

    await test.step("who refuses at the issuer is told so on the sign-in page", async () => {
      await proceed.click();
      await expect(page.getByRole("main").getByRole("alert")).toContainText("You didn’t finish signing in at Acme.");
    });

    await test.step("who signs in there is let in, and led on", async () => {
      const sub = `e2e-${installation.run}`;
      provider.person = { sub, email: `${sub}@example.com`, emailVerified: true, name: "Pia", groups: ["owners"] };
      await page.goto("/sign-in?next=/account");
      await responsive(page);
      await proceed.click();
      await expect(page.getByRole("navigation", { name: "Main" })).toBeVisible();
      await expect(page).toHaveURL(/\/account$/);
    });

    await test.step("what takes a fresh proof asks the issuer, in a window of its own, and goes on by itself", async () => {
      await page.goto("/operators?dialog=invite");
      await responsive(page);
      await outdateProof(page);
      const invite = page.getByRole("dialog", { name: "Invite operator" });
      await invite.getByLabel("E-mail", { exact: true }).fill("gus.new@example.com");
      await invite.getByRole("button", { name: "Create link" }).click();
      const dialog = page.getByRole("dialog", { name: "Confirm that it’s you" });
      await expect(dialog.getByRole("button", { name: "Continue with Acme" })).toBeFocused();
      await expectAccessible(page, "confirm at the issuer");
      const asked = provider.asked;
      await dialog.getByRole("button", { name: "Continue with Acme" }).click();
      await expect(page.getByRole("dialog", { name: "Invitation for gus.new@example.com" })).toBeVisible();
      expect(provider.asked).toBeGreaterThan(asked);
    });
    await page.context().close();

    await test.step("whoever signs in by password links an account under Account; one that is somebody's is refused", async () => {
      await owner.goto("/account");
      await responsive(owner);
      const card = owner.getByRole("region", { name: "Single sign-on" });
      await card.getByRole("button", { name: "Link Acme" }).click();
      await expect(card.getByRole("alert")).toContainText("is linked already. Nothing was linked.");
      await expect(owner).toHaveURL(/\/account\?failed=linked$/);
      await expectAccessible(owner, "an account that could not be linked");
      const sub = `e2e-${installation.run}-owner`;
      provider.person = {
        sub,
        email: `${sub}@elsewhere.example`,
        emailVerified: true,
        name: "Olga",
        groups: ["owners"],
      };
      await responsive(owner);
      await card.getByRole("button", { name: "Link Acme" }).click();
      await expect(card).toBeHidden();
      await expect(owner).toHaveURL(/\/account$/);
    });
  } finally {
    await owner.goto("/operators");
    await responsive(owner);
    await owner.getByRole("button", { name: "Remove single sign-on…" }).click();
    await owner.getByRole("alertdialog").getByRole("button", { name: "Remove Acme" }).click();
    await expect(owner.getByText("Single sign-on removed.")).toBeVisible();
    await provider.close();
  }
});
