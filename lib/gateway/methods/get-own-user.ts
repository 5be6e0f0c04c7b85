import { z } from "zod";
import { getOwnUser as getOwnUserUseCase } from "@/lib/core/users/get-own-user";
import { defineMethod } from "../method";

/** What was given at registration: name and avatar, not the hosted profile. */
export const getOwnUser = defineMethod({
  name: "user/getOwn",
  input: z.object({}),
  async run(context, actor) {
    const { userId, name, avatarUrl, createdAt } = await getOwnUserUseCase(context, actor);
    return { userId, name, avatarUrl, createdAt: createdAt.getTime() };
  },
});
