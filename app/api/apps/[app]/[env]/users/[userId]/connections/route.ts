import { defineEndpoint } from "@/lib/console/endpoint";
import { listConnections } from "@/lib/core/presence/list-connections";

/** A user's live connections, for the tab that follows them. */
export const GET = defineEndpoint({
  permission: "users.read",
  run: (context, actor, _query, { userId = "" }) => listConnections(context, actor, { userId }),
});
