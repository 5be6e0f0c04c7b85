import { defineEndpoint } from "@/lib/console/endpoint";
import { getClock } from "@/lib/core/clock/get-clock";
import { getQuota } from "@/lib/core/quota/get-quota";

/** What fills the development environment and how far its clock is ahead, for the header. 404 in production, which has neither. */
export const GET = defineEndpoint({
  permission: "users.read",
  run: async (context, actor) => ({
    ...(await getQuota(context, actor)),
    clockAheadMs: getClock(context, actor).aheadMs,
  }),
});
