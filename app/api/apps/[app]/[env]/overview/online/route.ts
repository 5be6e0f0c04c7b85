import { defineEndpoint } from "@/lib/console/endpoint";
import { countOnlineNow } from "@/lib/core/overview/get-overview";

/** `{users, connections}`, each `{count, capped}`: who is online at this moment, for the overview to follow. */
export const GET = defineEndpoint({ permission: "users.read", run: countOnlineNow });
