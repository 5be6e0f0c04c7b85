import { describe, expect, test } from "vitest";
import { testContext } from "@/test/support/context";
import { isStatementTimeout } from "./statement-timeout";

const context = testContext();

const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

describe("what took too long is told from what went wrong", () => {
  test("a statement that PostgreSQL gave up on", async () => {
    const { prisma } = context().db;
    const slow = prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 20`;
      await tx.$queryRaw`SELECT 1 AS one FROM pg_sleep(1)`;
    });
    expect(isStatementTimeout(await thrownBy(slow))).toBe(true);
  });

  test("a transaction of many statements that Prisma gave up on", async () => {
    const { prisma } = context().db;
    const slow = prisma.$transaction(
      async (tx) => {
        for (let n = 0; n < 100; n += 1) await tx.$queryRaw`SELECT 1 AS one FROM pg_sleep(0.02)`;
      },
      { timeout: 100 },
    );
    expect(isStatementTimeout(await thrownBy(slow))).toBe(true);
  });

  test("a wrong statement is no timeout", async () => {
    expect(isStatementTimeout(await thrownBy(context().db.prisma.$queryRaw`SELECT 1 / 0 AS wrong`))).toBe(false);
  });
});
