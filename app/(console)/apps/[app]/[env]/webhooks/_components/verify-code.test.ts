import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { curlDelivery, NODE_RECEIVER } from "./verify-code";

const folder = mkdtempSync(path.join(tmpdir(), "im-verify-"));
let receiver: ChildProcess;
let port = 0;

/** What the console tells people to copy is run as they would run it. */
beforeAll(async () => {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  port = (probe.address() as { port: number }).port;
  probe.close();
  await once(probe, "close");
  const file = path.join(folder, "receiver.mjs");
  writeFileSync(file, `${NODE_RECEIVER.replace("8080", String(port))}\nprocess.send("ready");\n`);
  receiver = spawn(process.execPath, [file], {
    env: { NODE_ENV: "test", APP_SECRET: "s3cret" },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  await once(receiver, "message");
});
afterAll(() => {
  receiver.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the lines with a `curl` that prints what it was given, one argument a line, and sends that. */
async function statusOf(lines: string): Promise<number> {
  const script = `curl() { printf '%s\\n' "$@"; }\n${lines}`;
  const sent = execFileSync("sh", ["-c", script], { encoding: "utf8" }).trimEnd().split("\n");
  const url = sent.find((word) => word.startsWith("http")) ?? "";
  return (await fetch(url, { method: "POST", body: sent.at(-1) })).status;
}

test.each(["/hook", "/hook?team=it's"])(
  "the receiver accepts what the curl sends to %s, and nothing else",
  async (place) => {
    const script = curlDelivery(`http://127.0.0.1:${port}${place}`);
    const signed = script.replace("<your App Secret>", "s3cret");
    expect(await statusOf(signed)).toBe(200);
    expect(await statusOf(script.replace("<your App Secret>", "another"))).toBe(401);
    expect(await statusOf(signed.replace("$(date +%s)000", "1000000000000"))).toBe(401);
  },
);

test("the documentation shows the same receiver", () => {
  expect(readFileSync("docs/webhooks.md", "utf8")).toContain(NODE_RECEIVER);
});
