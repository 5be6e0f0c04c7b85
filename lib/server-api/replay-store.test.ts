import { describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { createTestApp, testContext } from "@/test/support/context";
import { claimNonce, type NonceClaim } from "./replay-store";

const context = testContext();

async function claimOf(nonce: string, more: Partial<NonceClaim> = {}): Promise<NonceClaim> {
  const { production } = await createTestApp(context());
  return { environmentId: production.ref.id, timestamp: 1_700_000_000_000, nonce, alsoNotAt: null, ...more };
}

describe("claiming a nonce", () => {
  test("of equal claims at the same moment one succeeds, in one process and in several", async () => {
    const claim = await claimOf('odd",\\{}');
    const others = [1, 2].map(() => openDatabase({ url: context().url, poolSize: 2 }));
    const results = await Promise.all(
      [context().db, ...others].flatMap((db) => [1, 2, 3].map(() => claimNonce(db, claim))),
    );
    expect(results.filter((fresh) => fresh)).toHaveLength(1);
    expect(await claimNonce(context().db, claim)).toBe(false);
    for (const db of others) await db.close();
  });

  test("of a batch each claim gets its own answer, the used ones false", async () => {
    const first = await claimOf("n1");
    const claims = ["n1", "n2", "n3", "n4"].map((nonce) => ({ ...first, nonce }));
    await Promise.all([claims[1], claims[3]].map((claim) => claimNonce(context().db, claim ?? first)));
    expect(await Promise.all(claims.map((claim) => claimNonce(context().db, claim)))).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  test("a nonce of the day before, where timestamps are not checked, is used", async () => {
    const before = await claimOf("n");
    const today = { ...before, timestamp: before.timestamp + 86_400_000, alsoNotAt: before.timestamp };
    expect(await claimNonce(context().db, before)).toBe(true);
    expect(await claimNonce(context().db, today)).toBe(false);
  });
});
