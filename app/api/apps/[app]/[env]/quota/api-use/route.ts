import { defineEndpoint } from "@/lib/console/endpoint";
import { getApiUse } from "@/lib/core/quota/get-api-use";

/** How much each endpoint of the Server API is called, for the Quotas page. */
export const GET = defineEndpoint({ permission: "quota.read", run: getApiUse });
