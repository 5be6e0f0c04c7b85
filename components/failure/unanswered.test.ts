import { beforeEach, expect, test, vi } from "vitest";
import { CONSOLE_VERSION, VERSION_HEADER } from "@/lib/console/console-version";
import { EndpointError } from "./endpoint-error";
import { fetchJson } from "./fetch-json";
import { noteReached } from "./reachability";
import { failureOfDigest, failureOfThrown } from "./unanswered";

const browser = { onLine: true };

beforeEach(() => {
  browser.onLine = true;
  vi.stubGlobal("navigator", browser);
  vi.stubGlobal("window", { setTimeout: () => 1, clearTimeout: () => {} });
  noteReached();
});

const answering = (answer: () => Response) => vi.stubGlobal("fetch", async () => answer());

const refusedWith = async (code: string, path = "/api/x") => {
  const error = await fetchJson(path).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(EndpointError);
  expect((error as EndpointError).error.code).toBe(code);
};

test("a call that nobody answered tells offline from a server that is away, and whether it was sent", () => {
  const failed = new TypeError("Failed to fetch");
  expect(failureOfThrown(failed, "change").code).toBe("server_unreachable");
  browser.onLine = false;
  expect(failureOfThrown(failed, "change", true).code).toBe("connection_lost");
  expect(failureOfThrown(failed, "change", false).code).toBe("offline");
});

test("a bug in the browser is a fault of ours, and a proxy's answer a server that is away", () => {
  expect(failureOfThrown(new TypeError("x is not a function"), "read").code).toBe("internal");
  const foreign = new Error("An unexpected response was received from the server.");
  expect(failureOfThrown(foreign, "change").code).toBe("server_unreachable");
});

test("a file of an older version that is gone means a new version", () => {
  const lost = Object.assign(new Error("Loading chunk 12 failed."), { name: "ChunkLoadError" });
  expect(failureOfThrown(lost, "read").code).toBe("new_version");
});

test("a file that could not be had while the browser was offline is no new version", () => {
  const lost = Object.assign(new Error("Loading chunk 12 failed."), { name: "ChunkLoadError" });
  browser.onLine = false;
  expect(failureOfThrown(lost, "read").code).toBe("offline");
});

test("the digest of a page's error names code and request id; Next's own number is the request id", () => {
  expect(failureOfDigest("timeout;abc")).toMatchObject({ code: "timeout", requestId: "abc" });
  expect(failureOfDigest("1234567")).toMatchObject({ code: "internal", requestId: "1234567" });
});

test("an endpoint's refusal comes through as it is", async () => {
  answering(() =>
    Response.json(
      { error: { code: "forbidden", message: "No.", requestId: "r" } },
      { status: 403, headers: { [VERSION_HEADER]: CONSOLE_VERSION } },
    ),
  );
  await refusedWith("forbidden");
});

test("an answer that is no JSON: a proxy's, another version's, or a fault", async () => {
  answering(() => new Response("<h1>Bad gateway</h1>", { status: 502 }));
  await refusedWith("server_unreachable");
  answering(() => new Response("Not found", { status: 404, headers: { [VERSION_HEADER]: "another" } }));
  await refusedWith("new_version");
  answering(() => new Response("?", { status: 500 }));
  await refusedWith("internal");
});
