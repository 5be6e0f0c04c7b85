import { defineEndpoint } from "@/lib/console/endpoint";
import { suggestUsers } from "@/lib/core/users/suggest-users";

/** The first eight users for a typed text, for the command palette. */
export const GET = defineEndpoint({
  permission: "users.read",
  run: suggestUsers,
});
