import { expect, test } from "vitest";
import { AppError, ERRORS, type ErrorCode } from "./errors";
import { retryAfter } from "./retry-after";

test("every refusal with status 429 or 503 says after how many seconds to try again, rounded up, and no other does", () => {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    const over = [429, 503].includes(ERRORS[code].status);
    expect(retryAfter(new AppError(code)), code).toEqual(over ? { "Retry-After": "1" } : {});
    const later = retryAfter(new AppError(code, { retryAfterMs: 59_001 }));
    expect(later, code).toEqual(over ? { "Retry-After": "60" } : {});
  }
});
