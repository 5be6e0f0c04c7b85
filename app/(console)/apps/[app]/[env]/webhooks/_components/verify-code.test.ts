import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { signatureHeaders } from "@/lib/core/webhooks/signing-secret";
import { freePort } from "@/test/support/free-port";
import { curlDelivery, NODE_RECEIVER, PYTHON_RECEIVER } from "./verify-code";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const OTHER = "whsec_c29tZSBvdGhlciBzZWNyZXQsIGFzIGxvbmc=";
const folder = mkdtempSync(path.join(tmpdir(), "im-verify-"));
const python = spawnSync("sh", ["-c", "command -v python3"], { encoding: "utf8" }).stdout.trim();
const RECEIVERS = [
  { language: "Node.js", program: process.execPath, file: "receiver.mjs", code: NODE_RECEIVER, there: true },
  { language: "Python", program: python, file: "receiver.py", code: PYTHON_RECEIVER, there: python !== "" },
];
const started: ChildProcess[] = [];
const ports = new Map<string, number>();

/** What the console tells people to copy is run as they would run it. */
beforeAll(async () => {
  for (const { language, program, file, code, there } of RECEIVERS) {
    if (!there) continue;
    const port = await freePort();
    ports.set(language, port);
    const place = path.join(folder, file);
    writeFileSync(place, code.replace("8080", String(port)));
    const env = { NODE_ENV: "test", WEBHOOK_SECRET: SECRET } as const;
    started.push(spawn(program, [place], { env, stdio: "ignore" }));
    await vi.waitFor(() => fetch(`http://127.0.0.1:${port}`), { timeout: 20_000 });
  }
});
afterAll(() => {
  for (const child of started) child.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the lines with a `curl` that prints what it was given, one argument a line, and sends that. */
async function statusOf(lines: string): Promise<number> {
  const script = `curl() { printf '%s\\n' "$@"; }\n${lines}`;
  const sent = execFileSync("sh", ["-c", script], { encoding: "utf8" }).trimEnd().split("\n");
  const url = sent.find((word) => word.startsWith("http")) ?? "";
  const headers = sent.filter((word) => /^[\w-]+: /.test(word)).map((word) => word.split(": ", 2) as [string, string]);
  return (await fetch(url, { method: "POST", headers, body: sent.at(-1) })).status;
}

describe.each(RECEIVERS)("the receiver in $language", ({ language, there }) => {
  test.skipIf(!there).each(["/hook", "/hook?team=it's"])(
    "accepts what the curl sends to %s, and nothing else",
    async (place) => {
      const script = curlDelivery(`http://127.0.0.1:${ports.get(language)}${place}`);
      const signed = script.replace("<your webhook secret>", SECRET);
      expect(await statusOf(signed)).toBe(200);
      expect(await statusOf(script.replace("<your webhook secret>", OTHER))).toBe(401);
      expect(await statusOf(signed.replace("$(date +%s)", "1000000000"))).toBe(401);
      expect(await statusOf(signed.replace('-d "$BODY"', '-d " $BODY"'))).toBe(401);
      expect(await statusOf(signed.replace("webhook-id: 1", "webhook-id: 2"))).toBe(401);
    },
  );

  test.skipIf(!there)(
    "accepts what the product sends, also while two secrets sign, and refuses what is not signed",
    async () => {
      const url = `http://127.0.0.1:${ports.get(language)}/`;
      const body = JSON.stringify({ type: "webhook:ping", id: "7", time: Date.now(), data: [{ name: "Łukasz" }] });
      const send = async (headers: Record<string, string>) =>
        (await fetch(url, { method: "POST", headers, body })).status;
      const signed = { id: "7", now: Date.now(), body };
      expect(await send(signatureHeaders([SECRET], signed))).toBe(200);
      expect(await send(signatureHeaders([OTHER, SECRET], signed))).toBe(200);
      expect(await send(signatureHeaders([OTHER], signed))).toBe(401);
      expect(await send({})).toBe(401);
      expect(await send({ ...signatureHeaders([SECRET], signed), "webhook-signature": "v1," })).toBe(401);
      expect(await send({ ...signatureHeaders([SECRET], signed), "webhook-timestamp": "soon" })).toBe(401);
    },
  );
});

test("the documentation shows the same receivers", () => {
  const documentation = readFileSync("docs/webhooks.md", "utf8");
  for (const { code } of RECEIVERS) expect(documentation).toContain(code);
});
