import { z } from "zod";
import { AppError } from "@/lib/core/errors";
import { type TestOperatorInput, TestOperatorSchema } from "@/lib/core/operators/schema";
import { signInTestOperator } from "@/lib/core/operators/sign-in-test-operator";
import { SEEING_ROLES } from "@/lib/core/permissions";
import { defineCall } from "../call";
import { Moment } from "./shapes";

export const postTestOperator = defineCall({
  method: "POST",
  path: "/test-operators",
  group: "Operators",
  operationId: "signInTestOperator",
  summary: "Sign in a test operator",
  description:
    "Makes an operator of this role and signs it in, without a password and without a page: set `cookie` in the browser of a test. It acts in Development alone, of the token’s app where the token is for one; it can’t manage operators, create tokens, change plans or do anything else that outlasts it. It ends by itself, with the token, and when its operator may not any more. Refused unless the installation runs with `TEST_OPERATORS=on`.",
  permission: "operators.test",
  environments: "both",
  input: TestOperatorSchema,
  output: z.object({
    operatorId: z.string(),
    name: z.string(),
    role: z.enum(SEEING_ROLES),
    expiresAt: Moment,
    cookie: z
      .object({ name: z.string(), value: z.string() })
      .describe("For the console’s address, path `/`, HttpOnly."),
  }),
  status: 201,
  async run(context, actor, { input, caller, addresses: { sessionCookie } }) {
    if (sessionCookie === undefined) {
      throw new AppError("forbidden", {
        message: "Ask the console itself, with a token: here is nothing to sign in to.",
      });
    }
    const made = await signInTestOperator(context, actor, input as TestOperatorInput, caller);
    const { operatorId, name, role, expiresAt } = made;
    return { operatorId, name, role, expiresAt, cookie: await sessionCookie(made.sessionId) };
  },
});
