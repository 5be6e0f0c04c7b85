import { expect, test } from "@playwright/test";
import { installation } from "./fixtures/installation";
import { test as signedIn } from "./fixtures/test";

test("both ports answer to their own names and methods alone", async ({ request }) => {
  for (const base of [installation.consoleUrl, installation.apiUrl]) {
    const elsewhere = await request.get(`${base}/v4/user/get`, { headers: { host: "evil.test" } });
    expect(elsewhere.status()).toBe(421);
    expect(await elsewhere.text()).toContain("ALLOWED_HOSTS");
    const trace = await request.fetch(`${base}/v4/user/get`, { method: "TRACE" });
    expect(trace.status()).toBe(405);
    expect(trace.headers().allow).toBe("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    const health = await request.get(`${base}/healthz`, { headers: { host: "10.0.0.7" } });
    expect(health.status()).toBe(200);
    for (const answer of [elsewhere, trace, health]) expect(answer.headers()["x-content-type-options"]).toBe("nosniff");
  }
});

test("nobody has the console fetch or print an address: there is no image optimiser", async ({ request }) => {
  const line = encodeURIComponent('/\n{"level":30,"msg":"forged"}');
  for (const url of [line, "%2Ficon.svg", encodeURIComponent("http://127.0.0.1:1/")]) {
    expect((await request.get(`/_next/image?url=${url}&w=64&q=75`)).status()).toBe(404);
  }
});

test("nothing of the folder that it runs from is served, and no list of what there is", async ({ request }) => {
  for (const base of [installation.consoleUrl, installation.apiUrl]) {
    for (const file of [
      ".git/HEAD",
      ".env",
      "package.json",
      ".data/master-key",
      "lib/env.ts",
      "public/",
      "_next/static/",
    ]) {
      expect((await request.get(`${base}/${file}`)).status(), file).toBe(404);
    }
  }
});

signedIn("what only a session may see is kept by no cache", async ({ page, app }) => {
  for (const path of ["/account", "/operators", `/apps/${app.id}/development/users`]) {
    const answer = await page.goto(path);
    expect(answer?.headers()["cache-control"], path).toContain("no-store");
  }
});
