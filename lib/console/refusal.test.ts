import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { asRefusal } from "@/lib/core/refusal";
import { createTestApp, operatorOf, testContext } from "@/test/support/context";
import { refuse } from "./refusal";

const context = testContext();

describe("asRefusal, at the field", () => {
  test("a schema's refusal names the first wrong field as the form spells it", () => {
    const schema = z.object({ users: z.array(z.object({ id: z.string().max(3, "At most 3 characters.") })) });
    const { error } = schema.safeParse({ users: [{ id: "ab" }, { id: "abcd" }] });
    expect(asRefusal(error, "at-field")).toMatchObject({
      code: "parameter_too_long",
      field: "users[1].id",
      message: "At most 3 characters.",
    });
  });

  test("a wrong type is invalid_parameter", () => {
    expect(asRefusal(z.object({ n: z.number() }).safeParse({ n: "1" }).error, "at-field")).toMatchObject({
      code: "invalid_parameter",
      field: "n",
    });
  });

  test("a statement that ran into its limit is a timeout, through Prisma and through pg", async () => {
    const { db } = context();
    const inPrisma = db.prisma.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL statement_timeout = 20`;
      await tx.$queryRaw`SELECT 1 FROM pg_sleep(2)`;
    });
    const client = await db.pool.connect();
    await client.query("BEGIN");
    await client.query("SET LOCAL statement_timeout = 20");
    const inPg = client.query("SELECT pg_sleep(2)");
    const outcomes = await Promise.allSettled([inPrisma, inPg]);
    await client.query("ROLLBACK");
    client.release();
    for (const one of outcomes) {
      expect(one.status).toBe("rejected");
      expect(one.status === "rejected" && asRefusal(one.reason, "at-field").code).toBe("timeout");
    }
  });

  test("anything else is internal, and its text does not reach the screen", () => {
    const error = asRefusal(new Error("password of the database: hunter2"), "at-field");
    expect(error).toMatchObject({ code: "internal" });
    expect(error.message).not.toContain("hunter2");
  });
});

describe("refuse", () => {
  test("records in the environment's audit log what a role may not do, under the request's id", async () => {
    const { development } = await createTestApp(context());
    const actor = operatorOf("viewer", development.ref);
    const attempt = { door: "action", requestId: actor.requestId, actor, permission: "users.ban" } as const;
    const shown = await refuse(context(), attempt, new AppError("forbidden"));
    expect(shown).toEqual({ code: "forbidden", message: "Your role does not allow this.", requestId: actor.requestId });
    const rows = await context().db.prisma.auditEntry.findMany({ where: { environmentId: development.ref.id } });
    expect(rows).toMatchObject([
      {
        action: "access.refused",
        actorId: "op-viewer",
        after: { permission: "users.ban" },
        requestId: actor.requestId,
        result: "forbidden",
      },
    ]);
  });

  test("other refusals leave no entry", async () => {
    const { development } = await createTestApp(context());
    const actor = operatorOf("admin", development.ref);
    const attempt = { door: "action", requestId: actor.requestId, actor, permission: "users.ban" } as const;
    await refuse(context(), attempt, new AppError("user_not_found"));
    expect(await context().db.prisma.auditEntry.count({ where: { environmentId: development.ref.id } })).toBe(0);
  });
});
