import { z } from "zod";
import { defineEndpoint } from "@/lib/console/endpoint";
import { countOnlineNow } from "@/lib/core/overview/get-overview";

/** `{users, connections}`, each `{count, capped}`: who is online at this moment, for the overview to follow. */
export const GET = defineEndpoint({ query: z.object({}), permission: "users.read", run: countOnlineNow });
