import { defineEndpoint } from "@/lib/console/endpoint";
import { listMatchingUserIds } from "@/lib/core/users/list-matching-user-ids";

/** The ids that a filter leaves, at most 1,000 and without soft-deleted users: what "Select all that match" ticks. */
export const GET = defineEndpoint({ permission: "users.read", run: listMatchingUserIds });
