import { z } from "zod";
import { UpdateUserSchema } from "@/lib/core/users/schema";
import { updateUser as updateUserUseCase } from "@/lib/core/users/update-user";
import { defineEndpoint } from "../../endpoint";
import { wireText } from "../../wire-schema";

/** Contract section 6.2. */
export const updateUser = defineEndpoint({
  path: "/v4/user/update",
  limit: 100,
  effect: "write",
  doc: {
    group: "User information",
    operationId: "updateUser",
    summary: "Change registered name and avatar",
    description: "What is left out stays. The hosted profile is not touched.",
    example: { request: { userId: "alice01", name: "Alice A." }, answer: { code: 0 } },
  },
  input: z.object({
    userId: wireText(UpdateUserSchema.shape.userId),
    name: wireText(UpdateUserSchema.shape.name),
    avatarUrl: wireText(UpdateUserSchema.shape.avatarUrl),
  }),
  output: null,
  async run(context, actor, input) {
    await updateUserUseCase(context, actor, input);
  },
});
