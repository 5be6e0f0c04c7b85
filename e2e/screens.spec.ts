import type { Page } from "@playwright/test";
import { commandLine } from "./fixtures/command-line";
import { createGroup } from "./fixtures/groups";
import { differenceOf } from "./fixtures/pictures";
import { type Place, placed, SCREENS } from "./fixtures/screens";
import { expect, test } from "./fixtures/test";

// Each of the two goes through half of the pages, and takes each twice.
test.describe.configure({ timeout: 240_000 });

/** Turns the direction of what follows, and is never ended. */
const TURNING = "\u202e";

/** Expects names that turn the direction of their letters to stand isolated, so that nothing beside them is turned as well. */
async function expectNamesIsolated(page: Page): Promise<void> {
  const open = await page.evaluate((turning) => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const parent = text.parentElement;
      if (!text.nodeValue?.includes(turning) || parent?.closest("bdi, textarea, option, script, style, pre")) continue;
      found.push(parent?.outerHTML.slice(0, 200) ?? "");
    }
    return found;
  }, TURNING);
  expect.soft(open, `names that turn what follows them, at ${page.url()}`).toEqual([]);
}

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

const EQUAL = { pixels: 0, first: "" };
const isOwn = ({ address }: { readonly address: string }) => address.startsWith("/apps/{app}/");

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
    // Of one's own app all of one browser first: minutes lie between two pictures of a page, so what tells the minute of the look is seen.
    const pictures = new Map<string, Buffer>();
    for (const { address, title } of screens.filter(isOwn)) {
      await test.step(`here: ${address}`, async () => {
        pictures.set(address, await lookHere(address, title));
      });
    }
    for (const { address } of screens.filter(isOwn)) {
      await test.step(`there: ${address}`, async () => {
        expect.soft(await compare(pictures.get(address) as Buffer, address), address).toEqual(EQUAL);
      });
    }
    // The others show what tests beside this one make: one look after the other, and again where something came between them.
    for (const { address, title } of screens.filter((screen) => !isOwn(screen))) {
      await test.step(address, async () => {
        await expect(async () => {
          expect(await compare(await lookHere(address, title), address), address).toEqual(EQUAL);
        }).toPass({ timeout: 60_000 });
      });
    }
    await elsewhere.close();

    async function lookHere(address: string, title: string): Promise<Buffer> {
      await settle(page, address);
      await expectContract(page, placed(title, place));
      await expectNamesIsolated(page);
      return pictureOf(page);
    }

    /** How the other browser's picture differs from this one's. */
    async function compare(here: Buffer, address: string): Promise<typeof EQUAL> {
      await settle(other, address);
      const there = await pictureOf(other);
      const difference = await differenceOf(blank, here, there);
      if (difference.pixels !== 0) {
        await test.info().attach("here", { body: here, contentType: "image/png" });
        await test.info().attach("there", { body: there, contentType: "image/png" });
      }
      return difference;
    }

    async function settle(one: Page, address: string): Promise<void> {
      await one.goto(`${placed(address, place)}?visual=on`);
      await expect(one.locator("html")).toHaveAttribute("data-hydrated", "true");
      await expect(one.locator("html")).toHaveAttribute("data-settled", "true");
    }

    function pictureOf(one: Page): Promise<Buffer> {
      return one.screenshot({ animations: "allow", caret: "initial" });
    }

    /** Something of everything, so that no page is empty. */
    async function fill(): Promise<Place> {
      const [alice, bob] = [`${prefix}-alice`, `${prefix}-bob`];
      await api.registerAll([
        { userId: alice, name: `${alice} ${TURNING}Lind` },
        { userId: bob, name: `Bob ${TURNING}Bell` },
        `${prefix}-gone`,
      ]);
      await api.call("/v4/friend/add", { userId: alice, targetId: bob, action: 2 });
      await api.call("/v4/user/blocklist/add", { userId: alice, targetUserIds: [bob] });
      await api.ban([bob], 60);
      await createGroup(api, `${prefix}-g`, `Team ${TURNING}Red`, [alice, bob]);
      for (const place of ["member", "alias"] as const) {
        const text = { member: { nickname: `Nick ${TURNING}name` }, alias: { alias: `Ali ${TURNING}as` } }[place];
        await api.call(`/v4/group-channel/${place}/set`, { channelId: `${prefix}-g`, userId: alice, ...text });
      }
      const run = `run-${half}`;
      await commandLine("runs", "start", "--app", app.id, "--run", run, "--prefix", `${prefix}-r`);
      const gone = ["users", "delete", "--app", app.id, "--prefix", `${prefix}-gone`];
      const { jobId } = await commandLine<{ jobId: string }>(...gone);
      const { operator } = await signedInAs("owner");
      return { app: app.id, operator: operator.id, user: alice, group: `${prefix}-g`, run, job: jobId };
    }
  });
}
