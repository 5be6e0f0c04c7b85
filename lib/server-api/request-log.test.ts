import pino from "pino";
import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/core/errors";
import type { ApiCall } from "./call";
import { createRequestLog, type Outcome } from "./request-log";

const AT = ',"time":"2026-01-05T08:30:00.000Z"';

function logger(level: string) {
  const lines: string[] = [];
  const options = { level, base: { process: "service", pid: 7 }, timestamp: () => AT };
  const log = pino(options, { write: (line: string) => void lines.push(line) });
  return { log: log.child({ part: "api" }), lines };
}

function call(path: string, headers: Readonly<Record<string, string>>): ApiCall {
  return { method: "POST", path, ip: "", header: (name) => headers[name] ?? null, readBody: async () => null };
}

const SERVED: Outcome = { requestId: "id", code: 0, ms: 1, refusal: undefined };

describe("the line of a request", () => {
  const refused = new AppError("user_not_found");
  test.each([
    ["served", "/v4/user/get", "key", "01J", undefined, 0],
    ["refused", "/v4/user/get", "key", "01J", refused, 400],
    ["with quotes and backslashes", '/v4/"\\', '"\\', 'a"b\\c', undefined, 0],
    ["with control characters and what is beyond ASCII", "/v4/\n\u0000", "é\u2028😀", "\u007f", undefined, 0],
  ])("%s is what the logger would have written", (_what, path, appKey, requestId, refusal, code) => {
    const { log, lines } = logger("info");
    createRequestLog(log)(call(path, { "app-key": appKey }), { requestId, code, ms: 1.23456, refusal });
    const [line] = lines.splice(0);
    log.info({ requestId, appKey, endpoint: path, code, ms: 1.23 }, "server api");
    expect(line).toBe(lines[0]);
  });

  test("is cut where a caller sends more than belongs there", () => {
    const { log, lines } = logger("info");
    createRequestLog(log)(call(`/v4/${"p".repeat(500)}`, { "rc-app-key": "k".repeat(500) }), SERVED);
    const { endpoint, appKey } = JSON.parse(lines[0] ?? "");
    expect([endpoint.length, appKey.length]).toEqual([128, 64]);
  });

  test("is not written where requests are not to be logged", () => {
    const { log, lines } = logger("warn");
    createRequestLog(log)(call("/v4/user/get", {}), { ...SERVED, code: 400, refusal: refused });
    expect(lines).toEqual([]);
  });

  test("that failed by our fault is an error with its cause", () => {
    const { log, lines } = logger("warn");
    const cause = new Error("the disk is full");
    createRequestLog(log)(call("/v4/user/get", {}), {
      ...SERVED,
      code: 1000,
      refusal: new AppError("internal", { cause }),
    });
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: 50, err: { message: "the disk is full" } });
  });
});
