import { defineEndpoint } from "@/lib/console/endpoint";
import { countUsersByStatus } from "@/lib/core/users/count-users";

/** How many users a filter leaves of each status, up to the cap: the numbers beside the statuses. */
export const GET = defineEndpoint({ permission: "users.read", run: countUsersByStatus });
