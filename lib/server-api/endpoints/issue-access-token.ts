import { z } from "zod";
import { registerUser } from "@/lib/core/users/register-user";
import { RegisterUserSchema } from "@/lib/core/users/schema";
import { defineEndpoint } from "../endpoint";
import { wireText } from "../wire-schema";

/** Contract section 5.1. This call is registration. */
export const issueAccessToken = defineEndpoint({
  path: "/v4/auth/access-token/issue",
  limit: 200,
  effect: "write",
  input: z.object({
    userId: wireText(RegisterUserSchema.shape.userId),
    name: wireText(RegisterUserSchema.shape.name),
    avatarUrl: wireText(RegisterUserSchema.shape.avatarUrl),
  }),
  async run(context, actor, input) {
    const { userId, accessToken } = await registerUser(context, actor, input);
    return { userId, accessToken };
  },
});
