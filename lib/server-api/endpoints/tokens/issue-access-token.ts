import { z } from "zod";
import { findRegistered, registerUser } from "@/lib/core/users/register-user";
import { RegisterUserSchema } from "@/lib/core/users/schema";
import { defineEndpoint } from "../../endpoint";
import { wireText, wireUserId } from "../../wire-schema";

/** Contract section 5.1. This call is registration. */
export const issueAccessToken = defineEndpoint({
  path: "/v4/auth/access-token/issue",
  limit: 200,
  effect: "write",
  registers: true,
  doc: {
    group: "Access tokens",
    operationId: "issueAccessToken",
    summary: "Register a user, get an access token",
    description:
      "Registers the user on the first call. Later calls give further tokens; all of them stay valid together. Name and avatar are brought up to date; an omitted `avatarUrl` leaves the stored one. In Development the header `X-Test-Run` puts a new user into a test run.",
    example: {
      request: { userId: "alice01", name: "Alice", avatarUrl: "https://example.com/alice.png" },
      answer: {
        code: 0,
        result: {
          userId: "alice01",
          accessToken: "AQAAAZt8bW8AYWxpY2UwMQb2Zr0u0oGqj1Xf9v3nU6cM4tXyWl5sD8kR2aE7hQpB1g",
        },
      },
    },
  },
  input: z.object({
    userId: wireText(RegisterUserSchema.shape.userId),
    name: wireText(RegisterUserSchema.shape.name),
    avatarUrl: wireText(RegisterUserSchema.shape.avatarUrl),
  }),
  output: z.strictObject({ userId: wireUserId, accessToken: z.string().min(1).max(255) }),
  readAhead: findRegistered,
  async run(context, actor, input, found, headers) {
    const { userId, accessToken, testRun, nearlyFull } = await registerUser(context, actor, input, {
      found: found ?? null,
      ...(headers.testRun === undefined ? {} : { testRun: headers.testRun }),
    });
    headers.answerTestRun(testRun);
    if (nearlyFull !== undefined) headers.answerQuota(nearlyFull);
    return { userId, accessToken };
  },
});
