import { expect, test } from "@playwright/test";
import { findViolations } from "./fixtures/accessibility";

/** What the looks of accessibility.spec.ts can see: a page with one fault of each kind, none of them in every view. */

const page = (body: string, style = "") => `<!doctype html>
  <html lang="en"><head><title>Planted</title><style>
    :root { --ink: #111; --ground: #fff; --faint: #111; } .dark { --ink: #eee; --ground: #111; --faint: #eee; }
    body { color: var(--ink); background: var(--ground); margin: 0; }
    button { min-width: 40px; min-height: 40px; }
    @media (min-width: 400px) { .on-phones { display: none; } }
    ${style}
  </style></head><body><main><h1>Planted</h1>${body}</main><script>
    const dark = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => document.documentElement.classList.toggle("dark", dark.matches);
    dark.addEventListener("change", follow);
    follow();
  </script></body></html>`;

const dialog = (body: string) => `<div role="dialog" aria-modal="true" aria-label="Asked">${body}</div>`;
const text = `<p class="faint">Text</p>`;
const FAINT_IN_DARK = ".dark .faint { color: #333; }";
const FAINT_IN_LIGHT = ":root:not(.dark) .faint { color: #ddd; }";
const ONLY_ON_PHONES = "@media (max-width: 400px)";

const FAULTS: ReadonlyArray<[what: string, html: string, rule: string, view: RegExp]> = [
  ["a field without a label", page("<input>"), "label", /1280/],
  ["a field without a label on a phone", page(`<input class="on-phones">`), "label", /^375/],
  ["a field without a label in a dialog", page(dialog("<input>")), "label", /1280/],
  ["a heading that skips a level on a phone", page(`<h4 class="on-phones">Deep</h4>`), "heading-order", /^375/],
  ["faint text", page(text, FAINT_IN_LIGHT), "color-contrast", /^light, 1280/],
  ["faint text in the dark", page(text, FAINT_IN_DARK), "color-contrast", /^dark, 1280/],
  ["faint text in the dark in a dialog", page(dialog(text), FAINT_IN_DARK), "color-contrast", /^dark, 1280/],
  [
    "faint text that only a phone shows, in the light",
    page(`<div class="on-phones">${text}</div>`, FAINT_IN_LIGHT),
    "color-contrast",
    /^light, 375/,
  ],
  [
    "faint text that only a phone shows, in the dark",
    page(`<div class="on-phones">${text}</div>`, FAINT_IN_DARK),
    "color-contrast",
    /^dark, 375/,
  ],
  [
    "text that is faint on phones in the dark",
    page(text, `${ONLY_ON_PHONES} { ${FAINT_IN_DARK} }`),
    "color-contrast",
    /^dark, 375/,
  ],
  [
    "text on another ground on phones in the light",
    page(`<section>${text}</section>`, `${ONLY_ON_PHONES} { :root:not(.dark) section { background: #222; } }`),
    "color-contrast",
    /^light, 375/,
  ],
  [
    "text that is large on the desk alone",
    page(
      text,
      `.faint { color: #888; background: #fff; font-size: 30px; } ${ONLY_ON_PHONES} { .faint { font-size: 16px; } }`,
    ),
    "color-contrast",
    /, 375/,
  ],
  [
    "links that nothing but the colour tells from their text in the dark",
    page(
      `<p>Text and <a href="#x">a link</a> in it</p>`,
      "a { color: #06c; } .dark a { color: #ddd; text-decoration: none; }",
    ),
    "link-in-text-block",
    /^dark, 1280/,
  ],
  [
    "targets too small on a phone",
    page(
      `<button type="button">a</button><button type="button">b</button>`,
      `${ONLY_ON_PHONES} { button { min-width: 0; min-height: 0; width: 12px; height: 12px; padding: 0; border: 0; } }`,
    ),
    "target-size",
    /^375/,
  ],
  [
    "a box that only the mouse scrolls on a phone",
    page(
      `<div class="box"><p>${"Long text. ".repeat(40)}</p></div>`,
      `.box { overflow-y: auto; } ${ONLY_ON_PHONES} { .box { height: 60px; } }`,
    ),
    "scrollable-region-focusable",
    /^375/,
  ],
  ["a page that scrolls sideways on a phone", page(`<div style="width: 600px">Wide</div>`), "sideways", /^375/],
  ["a page that scrolls sideways on a desk", page(`<div style="width: 1400px">Wide</div>`), "sideways", /^1280/],
];

test("a page without faults has none", async ({ page: seen }) => {
  await seen.setContent(
    page(`${text}<div class="on-phones">${text}</div>${dialog(text)}<button type="button">Do</button>`),
  );
  expect(await findViolations(seen)).toEqual([]);
});

for (const [what, html, rule, view] of FAULTS) {
  test(`it is seen: ${what}`, async ({ page: seen }) => {
    await seen.setContent(html);
    const found = await findViolations(seen);
    expect(found).toContainEqual(expect.objectContaining({ rule, view: expect.stringMatching(view) }));
  });
}
