import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Database, openDatabase } from "@/lib/db/database";
import type { Run } from "@/lib/db/statement";
import { type CommitProxy, commitProxy } from "@/test/support/commit-proxy";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { insertTestUsers } from "@/test/support/users";
import type { Actor, EnvironmentRef } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { execute, executeWithPrisma } from "./execute";
import { executeTogether } from "./execute-together";
import type { Outcome } from "./outcome";

const context = testContext();
let proxy: CommitProxy;
let db: Database;
/** The context of a process that reaches the database through the proxy. */
let far: Context;
let ref: EnvironmentRef;
let operator: Actor;

beforeAll(async () => {
  const url = new URL(context().url);
  proxy = await commitProxy(url.hostname, Number(url.port));
  url.hostname = "127.0.0.1";
  url.port = String(proxy.port);
  db = openDatabase({ url: url.href, poolSize: 4, onIdleError: () => undefined });
  far = { ...context(), db };
  ref = (await createTestApp(context())).production.ref;
  operator = operatorOf("owner", ref);
  await insertTestUsers(context(), ref, [{ userId: "bob" }, { userId: "eve" }]);
});
afterAll(async () => {
  await db.close();
  await proxy.close();
});

const RENAME = {
  name: "test-rename",
  text: "UPDATE users SET name = $3 WHERE environment_id = $1 AND user_id = $2",
};

const rename = async (run: Run, userId: string, name: string): Promise<Outcome<string>> => {
  await run(RENAME, [ref.id, userId, name]);
  return { result: name, audit: [{ action: "user.updated", target: { kind: "user", id: userId }, after: { name } }] };
};

const renameTogether = executeTogether<string, string>({
  maxCommands: 10,
  maxInFlight: 1,
  run: (run, _environmentId, commands) =>
    Promise.all(
      commands.map(({ input }) => (input === "refuse" ? new AppError("forbidden") : rename(run, "bob", input))),
    ),
});

const WAYS: Record<string, (context: Context, name: string) => Promise<string>> = {
  execute: (process, name) => execute(process, operator, (run) => rename(run, "bob", name)),
  executeWithPrisma: (process, name) => executeWithPrisma(process, operator, (_tx, run) => rename(run, "bob", name)),
  executeTogether: (process, name) => renameTogether(process, operator, name),
};

const nameOfBob = async () =>
  (
    await context().db.prisma.user.findUniqueOrThrow({
      where: { environmentId_userId: { environmentId: ref.id, userId: "bob" } },
    })
  ).name;

const entriesSaying = (name: string) =>
  context().db.prisma.auditEntry.count({
    where: { environmentId: ref.id, after: { path: ["name"], equals: name } },
  });

describe.each(Object.entries(WAYS))("%s", (way, run) => {
  test("a commit whose answer was lost is answered as done, and was done once", async () => {
    const name = `${way} answer lost`;
    await run(far, `${way} before`);
    proxy.lose("answer");
    expect(await run(far, name)).toBe(name);
    expect(await nameOfBob()).toBe(name);
    expect(await entriesSaying(name)).toBe(1);
  });

  test("a commit that never arrived is answered as failed, and nothing was done", async () => {
    const name = `${way} commit lost`;
    const before = await nameOfBob();
    proxy.lose("commit");
    await expect(run(far, name)).rejects.toThrow();
    expect(await nameOfBob()).toBe(before);
    expect(await entriesSaying(name)).toBe(0);
  });

  test("what follows is written with the change, or neither is", async () => {
    const name = `${way} \u0000`;
    await expect(run(context(), name)).rejects.toThrow();
    expect(await nameOfBob()).not.toBe(name);
    expect(await run(context(), `${way} fine`)).toBe(`${way} fine`);
    expect(await entriesSaying(`${way} fine`)).toBe(1);
  });
});

test("the refusal of one command in a batch is that command's alone", async () => {
  const call = (name: string) => renameTogether(context(), operator, name);
  const results = await Promise.allSettled([call("refuse"), call("not refused"), call("refuse")]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "rejected"]);
  expect(results[0]).toMatchObject({ reason: { code: "forbidden" } });
  expect(await entriesSaying("not refused")).toBe(1);
});

test("a lock in one environment neither fails nor delays another's calls", async () => {
  const other = (await createTestApp(context())).production.ref;
  await insertTestUsers(context(), other, [{ userId: "bob" }]);
  const order: string[] = [];
  const touch = executeTogether<string, string>({
    maxCommands: 10,
    maxInFlight: 1,
    async run(run, environmentId, commands) {
      await run({ name: "test-lock", text: "SELECT 1 FROM users WHERE environment_id = $1 FOR UPDATE" }, [
        environmentId,
      ]);
      return commands.map(({ input }) => ({ result: input }));
    },
  });
  const { pool } = context().db;
  const holder = await pool.connect();
  await holder.query("BEGIN");
  await holder.query("SELECT 1 FROM users WHERE environment_id = $1 FOR UPDATE", [ref.id]);
  const held = Promise.all(
    ["a", "b", "c"].map((name) => touch(context(), operator, name).then((done) => order.push(done))),
  );
  const free = Array.from({ length: 5 }, (_, n) =>
    touch(context(), operatorOf("owner", other), `free ${n}`).then((done) => order.push(done)),
  );
  await Promise.all(free);
  expect(order).toHaveLength(5);
  await holder.query("ROLLBACK");
  holder.release();
  await held;
  expect(order.slice(5).sort()).toEqual(["a", "b", "c"]);
});
