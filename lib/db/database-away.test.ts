import pg from "pg";
import { expect, test } from "vitest";
import { openDatabase } from "./database";
import { isDatabaseAway, isDatabaseSilent } from "./database-away";
import { isStatementTimeout } from "./statement-timeout";

const thrownBy = async (work: () => Promise<unknown>): Promise<unknown> => {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
};

test("a database that nobody listens for is away, for the pool and for Prisma", async () => {
  const db = openDatabase({ url: "postgresql://nobody@127.0.0.1:1/none", poolSize: 1 });
  try {
    expect(isDatabaseAway(await thrownBy(() => db.pool.query("SELECT 1")))).toBe(true);
    expect(isDatabaseAway(await thrownBy(() => db.prisma.$queryRaw`SELECT 1`))).toBe(true);
  } finally {
    await db.close();
  }
});

test("what the database itself refuses does not make it away", () => {
  const refused = Object.assign(new pg.DatabaseError("duplicate key", 1, "error"), { code: "23505" });
  const late = Object.assign(new pg.DatabaseError("canceling statement", 1, "error"), { code: "57014" });
  expect(isDatabaseAway(refused)).toBe(false);
  expect(isDatabaseAway(late)).toBe(false);
  expect(isStatementTimeout(late)).toBe(true);
  expect(isDatabaseAway(new Error("The pool is full of fish"))).toBe(false);
});

test("a connection that ended by order of the server, or by silence, is away", () => {
  expect(isDatabaseAway(Object.assign(new Error("terminating connection"), { code: "57P01" }))).toBe(true);
  expect(isDatabaseAway(new Error("outer", { cause: new Error("The database was silent for 18 s.") }))).toBe(true);
  expect(isDatabaseAway(new Error("timeout exceeded when trying to connect"))).toBe(true);
});

test("a database that says nothing is told from one that refuses or breaks off", () => {
  expect(isDatabaseSilent(new Error("outer", { cause: new Error("The database was silent for 18 s.") }))).toBe(true);
  expect(isDatabaseSilent(new Error("timeout exceeded when trying to connect"))).toBe(true);
  expect(isDatabaseSilent(Object.assign(new Error("terminating connection"), { code: "57P01" }))).toBe(false);
  expect(isDatabaseSilent(new Error("Connection terminated unexpectedly"))).toBe(false);
});
