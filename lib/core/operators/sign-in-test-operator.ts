import { type Actor, INSTALLATION, nameOf, type OperatorRole } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { newId } from "../ids";
import { requirePermission, roleMay } from "../permissions";
import { countTestOperators, findOperator, insertOperator, lockOperators } from "./operator-store";
import { NO_PASSWORD } from "./password";
import { TEST_OPERATORS_MAX, type TestOperatorInput, TestOperatorSchema } from "./schema";
import { insertSession } from "./session-store";

export interface SignedInTestOperator {
  readonly operatorId: string;
  readonly name: string;
  readonly role: OperatorRole;
  readonly sessionId: string;
  readonly expiresAt: Date;
}

const MINUTE_MS = 60_000;

/**
 * Makes a test operator of a role and a session of its: for tests of the console, in the name of the token that asks. It has no
 * password, lives for `minutes` and no longer than the token, and acts in Development alone (`requirePermission`); what it may is
 * looked at with each request (`checkSession`). `token` is what the token of the caller is for.
 *
 * Throws `forbidden` unless the installation allows it (TEST_OPERATORS), to anybody but a token of an owner, and when 200 live.
 */
export async function signInTestOperator(
  context: Context,
  actor: Actor,
  input: TestOperatorInput,
  token: { readonly expiresAt: Date | null },
): Promise<SignedInTestOperator> {
  requirePermission(actor, "operators.test");
  if (!context.testOperators) {
    throw new AppError("forbidden", {
      message: "Test operators are off on this installation. Whoever runs it can set TEST_OPERATORS=on.",
    });
  }
  const { role, minutes } = TestOperatorSchema.parse(input);
  if (actor.kind !== "operator" || actor.token === undefined || token.expiresAt === null) {
    throw new AppError("forbidden", { message: "Test operators are signed in with a token." });
  }
  const { token: made } = actor;
  const now = context.now();
  const expiresAt = new Date(Math.min(now + minutes * MINUTE_MS, token.expiresAt.getTime()));
  const operatorId = newId.operator();
  const sessionId = newId.session();
  const name = `Test ${role} of ${made.name}`;
  return executeWithPrisma(context, actor, async (tx) => {
    await lockOperators(tx);
    // The role is the one of now.
    const maker = await findOperator(tx, actor.operatorId);
    if (maker === null || maker.disabledAt !== null || !roleMay(maker.role, "operators.test")) {
      throw new AppError("forbidden", { message: "The token’s operator is no owner any more." });
    }
    if ((await countTestOperators(tx, new Date(now))) >= TEST_OPERATORS_MAX) {
      throw new AppError("forbidden", {
        message: `${TEST_OPERATORS_MAX} test operators are signed in, which is as many as may be. They end by themselves.`,
      });
    }
    const email = `${operatorId}@test.invalid`;
    const createdAt = new Date(now);
    await insertOperator(tx, {
      id: operatorId,
      email,
      name,
      role,
      passwordHash: NO_PASSWORD,
      createdAt,
      expiresAt,
      madeByTokenId: made.id,
    });
    await insertSession(tx, {
      id: sessionId,
      operatorId,
      createdAt,
      expiresAt,
      ip: actor.ip,
      userAgent: nameOf(actor).name,
    });
    return {
      result: { operatorId, name, role, sessionId, expiresAt },
      audit: [
        {
          environmentId: INSTALLATION,
          action: "operator.test_signed_in",
          target: { kind: "operator", id: operatorId, name },
          after: { role, expiresAt: expiresAt.toISOString() },
        },
      ],
    };
  });
}
