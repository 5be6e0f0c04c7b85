import { describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { testContext } from "@/test/support/context";
import { createPostgresRateLimiter } from "./postgres-rate-limit";
import { noRateLimit, type RateLimiter } from "./rate-limit";

const WINDOW_MS = 1_000;

const context = testContext();
let environment = 0;
const newKey = () => {
  environment += 1;
  return { environmentId: environment, endpoint: "/v4/user/get", windowMs: WINDOW_MS };
};

const admitted = async (limiters: readonly RateLimiter[], calls: number, key = newKey(), limit = 10) => {
  const answers = await Promise.all(
    Array.from({ length: calls }, (_, index) => limiters[index % limiters.length]?.admit(key, limit)),
  );
  return answers.filter((answer) => answer === true).length;
};

/** What every limiter that limits must do; `make` gives one that shares its windows with the others it made. */
function limits(name: string, make: (now: () => number) => RateLimiter) {
  describe(name, () => {
    test("admits exactly the limit of concurrent calls in a window, and again in the next", async () => {
      let now = 1_000_000 * WINDOW_MS + 10;
      const limiter = make(() => now);
      const key = newKey();
      expect(await admitted([limiter], 25, key)).toBe(10);
      now += WINDOW_MS - 11;
      expect(await admitted([limiter], 5, key)).toBe(0);
      now += 1;
      expect(await admitted([limiter], 25, key)).toBe(10);
    });

    test("counts what two processes admit together", async () => {
      const now = () => 1_000_000 * WINDOW_MS;
      expect(await admitted([make(now), make(now)], 40)).toBe(10);
    });

    test("keeps keys apart", async () => {
      const limiter = make(() => 1_000_000 * WINDOW_MS);
      const key = newKey();
      expect(await admitted([limiter], 12, key)).toBe(10);
      expect(await admitted([limiter], 12, { ...key, endpoint: "/v4/user/ban" })).toBe(10);
      expect(await admitted([limiter], 12)).toBe(10);
    });

    test("a window may have another length", async () => {
      let now = 1_000_000 * 60_000;
      const limiter = make(() => now);
      const key = { ...newKey(), windowMs: 60_000 };
      expect(await admitted([limiter], 12, key)).toBe(10);
      now += 59_999;
      expect(await admitted([limiter], 3, key)).toBe(0);
      now += 1;
      expect(await admitted([limiter], 12, key)).toBe(10);
    });

    test("a cost takes as many places, and what does not fit is refused whole and takes none", async () => {
      const limiter = make(() => 1_000_000 * WINDOW_MS);
      const key = newKey();
      expect(await limiter.admit(key, 10, 7)).toBe(true);
      expect(await limiter.admit(key, 10, 4)).toBe(false);
      expect(await limiter.admit(key, 10, 11)).toBe(false);
      expect(await limiter.admit(key, 10, 2)).toBe(true);
      expect(await limiter.admit(key, 10)).toBe(true);
      expect(await limiter.admit(key, 10)).toBe(false);
    });

    test("concurrent costs are let in as far as they fit, across processes", async () => {
      const now = () => 1_000_000 * WINDOW_MS;
      const limiters = [make(now), make(now)];
      const key = newKey();
      const answers = await Promise.all([1, 2, 3, 4, 5].map((n) => limiters[n % 2]?.admit(key, 10, 4)));
      expect(answers.filter(Boolean)).toHaveLength(2);
      expect(await admitted(limiters, 5, key)).toBe(2);
    });
  });
}

limits("the limiter in PostgreSQL", (now) => createPostgresRateLimiter(context().db, now));

describe("the limiter in PostgreSQL, further", () => {
  test("a full window is refused without asking the database", async () => {
    const db = openDatabase({ url: context().url, poolSize: 2 });
    const limiter = createPostgresRateLimiter(db, () => 1_000_000 * WINDOW_MS);
    const key = newKey();
    expect(await admitted([limiter], 12, key)).toBe(10);
    await db.close();
    expect(await limiter.admit(key, 10)).toBe(false);
  });

  test("a process whose clock is slightly behind counts into the newer window", async () => {
    const key = newKey();
    const ahead = createPostgresRateLimiter(context().db, () => 1_000_001 * WINDOW_MS);
    const behind = createPostgresRateLimiter(context().db, () => 1_000_000 * WINDOW_MS);
    expect(await admitted([ahead], 8, key)).toBe(8);
    expect(await admitted([behind], 8, key)).toBe(2);
  });

  test("a window that a wrong clock left far in the future is started anew", async () => {
    const key = newKey();
    const wrong = createPostgresRateLimiter(context().db, () => 2_000_000 * WINDOW_MS);
    const right = createPostgresRateLimiter(context().db, () => 1_000_000 * WINDOW_MS);
    expect(await admitted([wrong], 10, key)).toBe(10);
    expect(await admitted([right], 10, key)).toBe(10);
  });
});

test("off admits everything", async () => {
  expect(await admitted([noRateLimit], 500)).toBe(500);
});
