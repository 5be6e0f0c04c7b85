import { defineEndpoint } from "@/lib/console/endpoint";
import { countUsersAndDeleted } from "@/lib/core/users/count-users";

/** How many users a filter leaves, up to the cap, and how many of them are soft-deleted. The filter is spelled as in the list's address. */
export const GET = defineEndpoint({ permission: "users.read", run: countUsersAndDeleted });
