import { beforeEach, describe, expect, test } from "vitest";
import { systemOf, testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import { checkSetupLink } from "./check-setup-link";
import { createFirstOwner } from "./create-first-owner";
import { createSetupLink } from "./create-setup-link";
import { signIn } from "./sign-in";

const context = testContext();

beforeEach(async () => {
  await context().db.prisma.operator.deleteMany();
  await context().db.prisma.installationFact.deleteMany();
});

const link = async () => (await createSetupLink(context(), systemOf(null))).secret;
const create = (secret: string, email = "ana@example.com") =>
  createFirstOwner(context(), visitor(), { secret, email, name: "Ana", password: TEST_PASSWORD });

describe("the set-up link", () => {
  test("makes one owner, who can sign in, and is used up", async () => {
    const secret = await link();
    expect(await checkSetupLink(context(), secret)).toBe("valid");
    expect(await create(secret)).toMatchObject({ role: "owner", email: "ana@example.com" });
    expect(await checkSetupLink(context(), secret)).toBe("used");
    await expect(create(secret, "eve@example.com")).rejects.toMatchObject({ code: "link_invalid" });
    await expect(
      signIn(context(), visitor(), { email: "ana@example.com", password: TEST_PASSWORD }),
    ).resolves.toMatchObject({ operator: { role: "owner" } });
  });

  test("five submissions at once make one owner", async () => {
    const secret = await link();
    const tries = await Promise.allSettled([1, 2, 3, 4, 5].map((n) => create(secret, `ana${n}@example.com`)));
    expect(tries.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await context().db.prisma.operator.count()).toBe(1);
  });

  test("a newer link takes the older one's place; neither an invented nor an empty secret works", async () => {
    const [older, newer] = [await link(), await link()];
    expect(await checkSetupLink(context(), older)).toBe("invalid");
    expect(await checkSetupLink(context(), "")).toBe("invalid");
    await expect(create(older)).rejects.toMatchObject({ code: "link_invalid" });
    expect(await checkSetupLink(context(), newer)).toBe("valid");
  });

  test("works for a day", async () => {
    const secret = await link();
    context().advance(24 * 3_600_000 + 1);
    expect(await checkSetupLink(context(), secret)).toBe("expired");
    await expect(create(secret)).rejects.toMatchObject({ code: "link_invalid" });
  });

  test("is not made once there is an operator, and an operator made otherwise ends it", async () => {
    const secret = await link();
    await createTestOperator(context(), "viewer");
    expect(await checkSetupLink(context(), secret)).toBe("used");
    await expect(create(secret)).rejects.toMatchObject({ code: "link_invalid" });
    await expect(link()).rejects.toMatchObject({ code: "link_invalid" });
  });

  test("only its hash is stored", async () => {
    const secret = await link();
    expect(JSON.stringify(await context().db.prisma.installationFact.findMany())).not.toContain(secret);
  });

  test("the password must not be the e-mail address", async () => {
    const secret = await link();
    await expect(
      createFirstOwner(context(), visitor(), {
        secret,
        email: "ana.long@example.com",
        name: "Ana",
        password: "Ana.Long@example.com",
      }),
    ).rejects.toMatchObject({ code: "invalid_parameter", field: "password" });
  });
});
