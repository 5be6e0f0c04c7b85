import { z } from "zod";
import { defineEndpoint } from "@/lib/console/endpoint";
import { SearchTextSchema } from "@/lib/core/users/list-schema";
import { suggestUsers } from "@/lib/core/users/suggest-users";

/** The first eight users for a typed text, for the command palette. */
export const GET = defineEndpoint({
  query: z.object({ q: SearchTextSchema }),
  permission: "users.read",
  run: suggestUsers,
});
