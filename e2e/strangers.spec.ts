import { expect, test } from "@playwright/test";

test("nobody has the console fetch or print an address: there is no image optimiser", async ({ request }) => {
  const line = encodeURIComponent('/\n{"level":30,"msg":"forged"}');
  for (const url of [line, "%2Ficon.svg", encodeURIComponent("http://127.0.0.1:1/")]) {
    expect((await request.get(`/_next/image?url=${url}&w=64&q=75`)).status()).toBe(404);
  }
});
