import { defineEndpoint } from "@/lib/console/endpoint";
import { countNewer } from "@/lib/core/newer/newer-lists";

/** `{count, capped}` of the rows that have come since `after`, under the filters of the list's address. */
export const GET = defineEndpoint({
  permission: "users.read",
  shows: true,
  run: (context, actor, query: Record<string, string> & { after: string }, { list = "" }) =>
    countNewer(context, actor, { ...query, list }),
});
