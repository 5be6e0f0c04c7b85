import { defineEndpoint } from "@/lib/console/endpoint";
import { planRevert } from "@/lib/core/settings/plan-revert";

/** What reverting a change of the chat settings would put back. */
export const GET = defineEndpoint({ permission: "settings.read", run: planRevert });
