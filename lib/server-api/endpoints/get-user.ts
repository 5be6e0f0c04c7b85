import { z } from "zod";
import { getUser as getUserUseCase } from "@/lib/core/users/get-user";
import { GetUserSchema } from "@/lib/core/users/schema";
import { defineEndpoint } from "../endpoint";
import { textTime } from "../text-time";
import { wireText } from "../wire-schema";

/** Contract section 6.1. */
export const getUser = defineEndpoint({
  path: "/v4/user/get",
  limit: 100,
  effect: "read",
  input: z.object({ userId: wireText(GetUserSchema.shape.userId) }),
  async run(context, actor, input) {
    const { name, avatarUrl, createdAt } = await getUserUseCase(context, actor, input);
    return { name, avatarUrl, createdAt: textTime(createdAt) };
  },
});
