import { defineEndpoint } from "@/lib/console/endpoint";
import { countRegistered } from "@/lib/core/overview/get-overview";

/** `{count, capped}` of registered users; the list of first steps waits here for the first one. */
export const GET = defineEndpoint({
  permission: "users.read",
  shows: true,
  run: async (context, actor) => (await countRegistered(context, actor)).registered,
});
