import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { signedCurl } from "./signed-curl";

const call = { apiUrl: "http://localhost:3001", appKey: "key1", path: "/v4/user/get" };

/** Runs the lines with a `curl` that prints what it was given, one argument a line. */
function run(lines: string): string[] {
  const script = `curl() { printf '%s\\n' "$@"; }\n${lines.replace("<your App Secret>", "s3cr3t")}`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).trimEnd().split("\n");
}

test("the lines send a correctly signed request", () => {
  const sent = run(signedCurl({ ...call, body: { userId: "alice" } }));
  const header = (name: string) => sent.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
  const expected = createHash("sha1")
    .update(`s3cr3t${header("Nonce")}${header("Timestamp")}`)
    .digest("hex");
  expect(header("Signature")).toBe(expected);
  expect(header("Timestamp")).toMatch(/^\d{13}$/);
  expect(sent).toContain("http://localhost:3001/v4/user/get");
});

test("an id cannot break out of its quotes", () => {
  const body = { userId: "a'$(echo pwned)`id`\"" };
  expect(run(signedCurl({ ...call, body })).at(-1)).toBe(JSON.stringify(body));
});
