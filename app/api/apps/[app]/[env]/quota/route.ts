import { defineEndpoint } from "@/lib/console/endpoint";
import { getQuota } from "@/lib/core/quota/get-quota";

/** What fills the development environment, for the quota bar. 404 in production, which has no limit. */
export const GET = defineEndpoint({
  permission: "users.read",
  run: (context, actor) => getQuota(context, actor),
});
