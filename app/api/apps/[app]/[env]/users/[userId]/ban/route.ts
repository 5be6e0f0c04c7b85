import { defineEndpoint } from "@/lib/console/endpoint";
import { getRunningBan } from "@/lib/core/bans/list-bans";

/** The ban of a user that runs now, or null: what a dialog that changes it begins with. */
export const GET = defineEndpoint({
  permission: "users.read",
  run: (context, actor, _query, { userId = "" }) => getRunningBan(context, actor, { userId }),
});
