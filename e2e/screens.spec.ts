import type { Page } from "@playwright/test";
import { commandLine } from "./fixtures/command-line";
import { createGroup } from "./fixtures/groups";
import { differenceOf } from "./fixtures/pictures";
import { type Place, placed, SCREENS } from "./fixtures/screens";
import { expect, test } from "./fixtures/test";

// Each of the two goes through half of the pages, and takes each twice.
test.describe.configure({ timeout: 240_000 });

/** The states that a region may be in once the page has settled: with loaded data, or a pane of the test client. */
const SETTLED = ["ready", "empty", "no-match", "idle"];

/** What the readiness contract of docs/testing-the-console.md promises of every page. */
async function expectContract(page: Page, title: string): Promise<void> {
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveCount(1);
  await expect.soft(heading).toContainText(title);
  for (const region of await page.locator("[data-state]:is(section, [role=region])").all()) {
    expect
      .soft(SETTLED, (await region.getAttribute("aria-label")) ?? "a region")
      .toContain(await region.getAttribute("data-state"));
  }
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  const ids = await page.locator("[data-testid]").evaluateAll((all) => all.map((one) => one.dataset.testid));
  expect(new Set(ids).size, "test ids are of one element each").toBe(ids.length);
  // Next's announcer of pages is an empty alert that belongs to no page.
  await expect(
    page.getByRole("alert").filter({ hasText: /\S/ }).and(page.locator(":not(#__next-route-announcer__)")),
  ).toHaveCount(0);
}

const halves = [0, 1].map((half) => SCREENS.filter((_screen, index) => index % 2 === half));

for (const [half, screens] of halves.entries()) {
  test(`pages keep the readiness contract, and two pictures of one are equal to the pixel: ${half + 1} of 2`, async ({
    page,
    browser,
    browserOptions,
    api,
    app,
    prefix,
    signedInAs,
  }) => {
    const place = await fill();
    const { state } = await signedInAs("owner");
    const elsewhere = await browser.newContext({
      ...browserOptions,
      storageState: state,
      locale: "de-DE",
      timezoneId: "America/New_York",
      reducedMotion: "no-preference",
    });
    const other = await elsewhere.newPage();
    // The console's own pages may fetch nothing from a picture.
    const blank = await elsewhere.newPage();
    for (const { address, title } of screens) {
      await test.step(address, async () => {
        const pictures = [];
        for (const one of [page, other]) {
          await one.goto(`${placed(address, place)}?visual=on`);
          await expect(one.locator("html")).toHaveAttribute("data-hydrated", "true");
          await expect(one.locator("html")).toHaveAttribute("data-settled", "true");
          if (one === page) await expectContract(one, placed(title, place));
          pictures.push(await one.screenshot({ animations: "allow", caret: "initial" }));
        }
        const [here, there] = pictures as [Buffer, Buffer];
        const difference = await differenceOf(blank, here, there);
        if (difference.pixels !== 0) {
          await test.info().attach("here", { body: here, contentType: "image/png" });
          await test.info().attach("there", { body: there, contentType: "image/png" });
        }
        expect.soft(difference, address).toEqual({ pixels: 0, first: "" });
      });
    }
    await elsewhere.close();

    /** Something of everything, so that no page is empty. */
    async function fill(): Promise<Place> {
      const [alice, bob] = [`${prefix}-alice`, `${prefix}-bob`];
      await api.registerAll([alice, bob, `${prefix}-gone`]);
      await api.ban([bob], 60);
      await createGroup(api, `${prefix}-g`, "Team", [alice, bob]);
      const run = `run-${half}`;
      await commandLine("runs", "start", "--app", app.id, "--run", run, "--prefix", `${prefix}-r`);
      const gone = ["users", "delete", "--app", app.id, "--prefix", `${prefix}-gone`];
      const { jobId } = await commandLine<{ jobId: string }>(...gone);
      const { operator } = await signedInAs("owner");
      return { app: app.id, operator: operator.id, user: alice, group: `${prefix}-g`, run, job: jobId };
    }
  });
}
