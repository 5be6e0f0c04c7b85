import { defineEndpoint } from "@/lib/console/endpoint";
import { peekUser } from "@/lib/core/users/peek-user";

/** One user in short, with what was done last: for the panel beside a list. */
export const GET = defineEndpoint({
  permission: "users.read",
  run: (context, actor, _query: unknown, { userId = "" }) => peekUser(context, actor, { userId }),
});
