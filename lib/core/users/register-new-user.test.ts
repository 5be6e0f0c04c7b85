import { expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { appServerOf, createTestApp, operatorOf, testContext } from "@/test/support/context";
import type { EnvironmentRef } from "../actor";
import { banUsers } from "../bans/ban-users";
import { parseAccessToken } from "../tokens/access-token";
import { getUser } from "./get-user";
import { registerNewUser } from "./register-new-user";
import { registerUser } from "./register-user";

const context = testContext();

const auditOf = async ({ id }: EnvironmentRef) =>
  (await context().db.prisma.auditEntry.findMany({ where: { environmentId: id }, orderBy: { id: "asc" } })).map(
    ({ action, targetId, before, after }) => ({ action, targetId, before, after }),
  );

const softDelete = (environmentId: number, userId: string) =>
  context().db.prisma.user.update({
    where: { environmentId_userId: { environmentId, userId } },
    data: { softDeletedAt: new Date() },
  });

test("an operator registers a user with a token, and it is in the audit log", async () => {
  const { production } = await createTestApp(context());
  const admin = operatorOf("admin", production.ref);
  const input = { userId: "by-hand", name: "By hand", avatarUrl: "https://a/1" };
  const { userId, accessToken } = await registerNewUser(context(), admin, input);
  expect(parseAccessToken(accessToken)?.claims).toMatchObject({ environmentId: production.ref.id, userId });
  expect(await getUser(context(), admin, { userId })).toMatchObject({ name: "By hand", avatarUrl: "https://a/1" });
  expect(await auditOf(production.ref)).toEqual([
    {
      action: "user.registered",
      targetId: "by-hand",
      before: null,
      after: { name: "By hand", avatarUrl: "https://a/1" },
    },
  ]);
});

test("an id that exists is refused with who has it, and name, avatar and audit log stay as they were", async () => {
  const { development, production } = await createTestApp(context());
  for (const { ref } of [development, production]) {
    const admin = operatorOf("admin", ref);
    const emma = { userId: "emma.johnson", name: "Emma Johnson", avatarUrl: "https://a/emma" };
    await registerUser(context(), appServerOf(ref), emma);
    await expect(registerNewUser(context(), admin, { userId: emma.userId, name: "Typed again" })).rejects.toMatchObject(
      {
        code: "user_exists",
        existingUser: { ...emma, status: "active", bannedUntil: null },
      },
    );
    expect(await getUser(context(), admin, { userId: emma.userId })).toMatchObject(emma);
    expect(await auditOf(ref)).toEqual([]);
  }
});

test("the refusal says whether who has the id is banned or soft-deleted", async () => {
  const { production } = await createTestApp(context());
  const server = appServerOf(production.ref);
  const admin = operatorOf("admin", production.ref);
  for (const userId of ["banned", "gone"]) await registerUser(context(), server, { userId, name: userId });
  const { until } = await banUsers(context(), server, { userIds: ["banned"], durationMinutes: 60 });
  await softDelete(production.ref.id, "gone");
  await expect(registerNewUser(context(), admin, { userId: "banned", name: "X" })).rejects.toMatchObject({
    code: "user_exists",
    existingUser: { status: "banned", bannedUntil: new Date(until) },
  });
  await expect(registerNewUser(context(), admin, { userId: "gone", name: "X" })).rejects.toMatchObject({
    code: "user_exists",
    existingUser: { status: "deleted", bannedUntil: null },
  });
});

test("of operators who register one id at once, through two processes, one does and the others change nothing", async () => {
  const { development, production } = await createTestApp(context());
  const other = openDatabase({ url: context().url, poolSize: 4 });
  try {
    const elsewhere = { ...context(), db: other };
    for (const { ref } of [development, production]) {
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          registerNewUser(index % 2 === 0 ? context() : elsewhere, operatorOf("admin", ref), {
            userId: "race",
            name: `Name ${index}`,
          }),
        ),
      );
      const winner = results.findIndex((result) => result.status === "fulfilled");
      expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
      const refusals = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({ code: "user_exists", existingUser: { name: `Name ${winner}` } });
      }
      expect(await auditOf(ref)).toMatchObject([{ action: "user.registered", after: { name: `Name ${winner}` } }]);
    }
  } finally {
    await other.close();
  }
});

test("an operator needs the role and keeps to the quota; an id that exists is named in a full environment too", async () => {
  const { development } = await createTestApp(context());
  const admin = operatorOf("admin", development.ref);
  await expect(
    registerNewUser(context(), operatorOf("support", development.ref), { userId: "x", name: "X" }),
  ).rejects.toMatchObject({ code: "forbidden" });
  for (let index = 0; index < 99; index += 1) {
    await registerUser(context(), appServerOf(development.ref), { userId: `fill-${index}`, name: "Fill" });
  }
  await registerNewUser(context(), admin, { userId: "last", name: "Last" });
  await expect(registerNewUser(context(), admin, { userId: "one-more", name: "X" })).rejects.toMatchObject({
    code: "user_quota_reached",
  });
  await expect(registerNewUser(context(), admin, { userId: "last", name: "X" })).rejects.toMatchObject({
    code: "user_exists",
  });
});
