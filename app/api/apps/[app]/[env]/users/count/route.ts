import { defineEndpoint } from "@/lib/console/endpoint";
import { countUsers } from "@/lib/core/users/count-users";

/** How many users a filter leaves, up to the cap. The filter is spelled as in the list's address. */
export const GET = defineEndpoint({ permission: "users.read", run: countUsers });
