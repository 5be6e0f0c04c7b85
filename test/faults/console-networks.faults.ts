import { expect, test } from "vitest";
import { saveConsoleNetworks } from "@/lib/core/operators/console-networks-store";
import { consoleProcesses } from "@/test/support/console-process";
import { testContext } from "@/test/support/context";

/** The console as it runs: from where it opens is asked in front of everything that it answers. */

const context = testContext();
const startConsole = consoleProcesses();

test("a console opens from the networks that are stored, within two seconds of a change, and its Server API from any", async () => {
  const { url } = await startConsole(context().url, { TRUST_PROXY: "on" });
  const status = async (path: string, from: string) =>
    (await fetch(`${url}${path}`, { headers: { "x-forwarded-for": from }, redirect: "manual" })).status;
  expect(await status("/sign-in", "203.0.113.7")).toBe(200);
  await saveConsoleNetworks(context().db.prisma, ["10.0.0.0/8", "2001:db8::/32"], new Date());
  await expect.poll(() => status("/sign-in", "203.0.113.7"), { timeout: 5_000 }).toBe(403);
  for (const path of ["/", "/api/console/v1/apps", "/api/auth/csrf", "/_next/static/none.js", "/icon.svg"]) {
    expect([path, await status(path, "203.0.113.7")]).toEqual([path, 403]);
    expect([path, await status(path, "::ffff:10.9.9.9")]).not.toEqual([path, 403]);
    expect([path, await status(path, "2001:db8::7")]).not.toEqual([path, 403]);
  }
  expect(await status("/v4/user/get", "203.0.113.7")).toBe(401);
  expect(await status("/readyz", "127.0.0.1")).toBe(200);
  await saveConsoleNetworks(context().db.prisma, [], new Date());
  await expect.poll(() => status("/sign-in", "203.0.113.7"), { timeout: 5_000 }).toBe(200);
});
