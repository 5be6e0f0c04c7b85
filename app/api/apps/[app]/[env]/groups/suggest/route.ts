import { defineEndpoint } from "@/lib/console/endpoint";
import { suggestGroups } from "@/lib/core/groups/suggest-groups";

/** The first groups for a typed text, for the command palette. */
export const GET = defineEndpoint({ permission: "users.read", run: suggestGroups });
