import { beforeEach, describe, expect, test } from "vitest";
import { operatorOf, systemOf, testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import { listOwnFactors } from "../factors/list-own-factors";
import { changeSignInRules, readSignInRules } from "./change-sign-in-rules";
import { checkSession } from "./check-session";
import { checkSetupLink } from "./check-setup-link";
import { createFirstOwner } from "./create-first-owner";
import { createOperator } from "./create-operator";
import { createSetupLink } from "./create-setup-link";
import { signIn } from "./sign-in";

const context = testContext();
const DAY_MS = 86_400_000;

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

  test("demands second factors of every role from two weeks later on, which owners see and may change", async () => {
    const { id } = await create(await link());
    const owner = { ...operatorOf("owner", null), operatorId: id };
    const day = new Date(context().now() + 14 * DAY_MS).toISOString().slice(0, 10);
    const rules = await readSignInRules(context(), owner);
    expect(rules.secondFactorFrom).toEqual({ viewer: day, support: day, admin: day, owner: day });
    expect(await listOwnFactors(context(), owner, null)).toMatchObject({ demandedFrom: new Date(day) });
    const session = async () => {
      const { sessionId } = await signIn(context(), visitor(), { email: "ana@example.com", password: TEST_PASSWORD });
      return checkSession(context(), sessionId, { touch: false });
    };
    expect(await session()).toMatchObject({ active: true, factorMissing: false });
    context().advance(14 * DAY_MS);
    expect(await session()).toMatchObject({ active: true, factorMissing: true });
    const secondFactorFrom = { viewer: null, support: null, admin: null, owner: null };
    await changeSignInRules(context(), owner, { ...rules, secondFactorFrom, seen: rules });
    expect(await session()).toMatchObject({ active: true, factorMissing: false });
  });

  test("of which nothing is left makes no rule: an owner of OWNER_EMAIL is signed in by a program as well", async () => {
    await createOperator(context(), systemOf(null), {
      email: "ci@example.com",
      password: TEST_PASSWORD,
      role: "owner",
    });
    const rules = await readSignInRules(context(), operatorOf("owner", null));
    expect(rules.secondFactorFrom).toEqual({ viewer: null, support: null, admin: null, owner: null });
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
