import { defineEndpoint } from "@/lib/console/endpoint";
import { countUserData } from "@/lib/core/user-data/count-user-data";

/** How much is stored of a user, for the question before it goes. */
export const GET = defineEndpoint({
  permission: "users.read",
  run: (context, actor, _query, { userId = "" }) => countUserData(context, actor, { userId }),
});
