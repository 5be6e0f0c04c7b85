import { expect, test } from "vitest";
import { type Write, write } from "@/lib/db/statement";
import { StaleTransaction } from "@/lib/db/transaction";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { inDeadlock } from "@/test/support/deadlock";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { AppError } from "../errors";
import { lockUsers, userKey } from "../users/locked-users-store";
import { executeSideBySide } from "./execute-side-by-side";

const context = testContext();

interface Input {
  readonly userId: string;
  readonly name: string;
}

/** Transactions that wrote; each command says which one carried it. */
const TRANSACTION = { name: "test-transaction", text: "SELECT pg_current_xact_id()::text AS id" };
const RENAME = {
  name: "test-rename",
  text: "UPDATE users SET name = $3::text, avatar_url = 1 / length($3::text) || '' WHERE environment_id = $1::int AND user_id = $2::text",
};
const rename = (environmentId: number, { userId, name }: Input): Write => write(RENAME, [environmentId, userId, name]);

let stale = 0;

const change = executeSideBySide<Input, string>({
  keysOf: ({ userId }) => [userId],
  lock: (run, environmentId, inputs) =>
    lockUsers(
      run,
      inputs.map(({ userId }) => ({ environmentId, userId })),
    ),
  async command(run, { actor, input }) {
    const environmentId = actor.environment?.id;
    if (environmentId === undefined) throw new Error("no environment");
    const users = await lockUsers(run, [{ environmentId, userId: input.userId }]);
    if (!users.has(userKey(environmentId, input.userId))) throw new AppError("user_not_found");
    if (input.name === "stale" && stale++ === 0) throw new StaleTransaction("once");
    const [transaction] = await run<{ id: string }>(TRANSACTION, []);
    return {
      result: transaction?.id ?? "",
      writes: [rename(environmentId, input)],
      audit: [{ action: "user.updated", target: { kind: "user", id: input.userId }, after: { name: input.name } }],
    };
  },
});

async function world(...userIds: string[]) {
  const { production } = await createTestApp(context());
  await insertTestUsers(
    context(),
    production.ref,
    userIds.map((userId) => ({ userId, name: "before" })),
  );
  return production.ref;
}
const call = (ref: EnvironmentRef, userId: string, name: string) =>
  change(context(), appServerOf(ref), { userId, name });
const namesIn = async (ref: EnvironmentRef) => {
  const users = await context().db.prisma.user.findMany({
    where: { environmentId: ref.id },
    orderBy: { userId: "asc" },
  });
  return users.map(({ name }) => name);
};
const recordedIn = (ref: EnvironmentRef) => context().db.prisma.auditEntry.count({ where: { environmentId: ref.id } });

test("commands that arrive together share a transaction, and each has its audit entry", async () => {
  const ref = await world("ann", "bob", "cat");
  const transactions = await Promise.all([call(ref, "cat", "C"), call(ref, "ann", "A"), call(ref, "bob", "B")]);
  expect(new Set(transactions).size).toBe(1);
  expect(await namesIn(ref)).toEqual(["A", "B", "C"]);
  expect(await recordedIn(ref)).toBe(3);
});

test("commands about one user take turns, in the order in which they came", async () => {
  const ref = await world("ann", "bob");
  const transactions = await Promise.all([call(ref, "ann", "1"), call(ref, "bob", "B"), call(ref, "ann", "2")]);
  expect(transactions[0]).toBe(transactions[1]);
  expect(transactions[2]).not.toBe(transactions[0]);
  expect(await namesIn(ref)).toEqual(["2", "B"]);
});

test("environments share no transaction", async () => {
  const [one, other] = [await world("ann"), await world("ann")];
  const transactions = await Promise.all([call(one, "ann", "1"), call(other, "ann", "2")]);
  expect(new Set(transactions).size).toBe(2);
});

test("a refusal is that command's alone", async () => {
  const ref = await world("ann", "bob");
  const ends = await Promise.allSettled([call(ref, "ann", "A"), call(ref, "nobody", "N"), call(ref, "bob", "B")]);
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(ends[1]).toMatchObject({ reason: { code: "user_not_found" } });
  expect(await namesIn(ref)).toEqual(["A", "B"]);
});

test("data that PostgreSQL refuses fail their command alone, whatever the others have written", async () => {
  const ref = await world("ann", "bob", "cat");
  const ends = await Promise.allSettled([call(ref, "ann", "A"), call(ref, "bob", ""), call(ref, "cat", "C")]);
  expect(ends.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(ends[1]).toMatchObject({ reason: { message: "division by zero" } });
  expect(await namesIn(ref)).toEqual(["A", "before", "C"]);
  expect(await recordedIn(ref)).toBe(2);
});

test("all begin anew when one of them was stale, and nothing is done twice", async () => {
  const ref = await world("ann", "bob");
  stale = 0;
  await Promise.all([call(ref, "ann", "stale"), call(ref, "bob", "B")]);
  expect(stale).toBe(2);
  expect(await namesIn(ref)).toEqual(["stale", "B"]);
  expect(await recordedIn(ref)).toBe(2);
});

test("outlives a deadlock with somebody who locks users in another order", async () => {
  const ref = await world("ann", "bob");
  await inDeadlock(context(), ref, { held: "bob", wanted: "ann" }, () =>
    Promise.all([call(ref, "bob", "B"), call(ref, "ann", "A")]),
  );
  expect(await namesIn(ref)).toEqual(["A", "B"]);
});
