import { z } from "zod";
import { getUser as getUserUseCase } from "@/lib/core/users/get-user";
import { GetUserSchema } from "@/lib/core/users/schema";
import { defineEndpoint } from "../../endpoint";
import { textTime } from "../../text-time";
import { wireText, wireTextTime } from "../../wire-schema";

/** Contract section 6.1. */
export const getUser = defineEndpoint({
  path: "/v4/user/get",
  limit: 100,
  effect: "read",
  doc: {
    group: "User information",
    operationId: "getUser",
    summary: "Read registered name and avatar",
    description: "What was given at registration, not the hosted profile.",
    example: {
      request: { userId: "alice01" },
      answer: { code: 0, result: { name: "Alice", avatarUrl: "", createdAt: "2026-01-05 08:30:00" } },
    },
  },
  input: z.object({ userId: wireText(GetUserSchema.shape.userId) }),
  output: z.strictObject({ name: z.string(), avatarUrl: z.string(), createdAt: wireTextTime }),
  async run(context, actor, input) {
    const { name, avatarUrl, createdAt } = await getUserUseCase(context, actor, input);
    return { name, avatarUrl, createdAt: textTime(createdAt) };
  },
});
