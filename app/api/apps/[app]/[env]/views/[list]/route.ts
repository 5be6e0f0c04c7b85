import { defineEndpoint } from "@/lib/console/endpoint";
import { listViews } from "@/lib/core/views/list-views";

/** The views of a list that the operator sees: their own, and those that others share. */
export const GET = defineEndpoint({
  permission: "users.read",
  run: (context, actor, _query: unknown, { list = "" }) => listViews(context, actor, { list }),
});
