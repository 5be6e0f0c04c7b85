import { expect, test } from "vitest";
import { fetchCall } from "./fetch-adapter";

test("a body that ends early is the caller's fault, however the framework words it", async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"userId":"al'));
    },
    pull(controller) {
      controller.error(Object.assign(new Error("aborted"), { code: "ECONNRESET" }));
    },
  });
  const request = new Request("http://localhost/v4/user/get", { method: "POST", body, duplex: "half" } as RequestInit);
  await expect(fetchCall(request, "").readBody(1_000)).rejects.toMatchObject({ code: "body_not_json" });
});
