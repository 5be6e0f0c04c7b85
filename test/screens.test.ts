import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { SCREENS } from "@/e2e/fixtures/screens";

/** Pages before signing in, which have specs of their own, and pages that only lead on. */
const OTHER = [
  "/",
  "/sign-in",
  "/second-factor",
  "/reset/[secret]",
  "/confirmed",
  "/setup",
  "/invite/[secret]",
  "/apps/[app]",
  "/apps/[app]/[env]/[[...unknown]]",
];

const pages = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "page.tsx")
  .map((file) => path.posix.join("/", path.dirname(file).replace(/\([^)]+\)/g, "")))
  .map((route) => route.replace(/(.)\/$/, "$1"))
  .filter((route) => !OTHER.includes(route))
  .sort();

/** "/apps/{app}/development/users/{user}" → a pattern that the route "/apps/[app]/[env]/users/[userId]" fits. */
const fits = (route: string, address: string) => new RegExp(`^${route.replace(/\[[^\]]+\]/g, "[^/]+")}$`).test(address);

test("every page has its place among the screens that are visited", () => {
  expect(pages.length).toBeGreaterThan(30);
  expect(pages.filter((route) => !SCREENS.some(({ address }) => fits(route, address)))).toEqual([]);
  expect(SCREENS.filter(({ address }) => !pages.some((route) => fits(route, address)))).toEqual([]);
});

test("the documentation lists every page's address", () => {
  const documentation = readFileSync("docs/testing-the-console.md", "utf8");
  const listed = (address: string) => `\`${address.replace("/development/", "/{env}/")}\``;
  const missing = SCREENS.map(({ address }) => listed(address)).filter((address) => !documentation.includes(address));
  expect(missing.filter((address) => !address.startsWith("`/docs/"))).toEqual([]);
});
