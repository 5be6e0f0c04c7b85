import { defineEndpoint } from "@/lib/console/endpoint";
import { getSettingsImpact } from "@/lib/core/settings/get-settings-impact";

/** What changes of the chat settings would act on, for their review. */
export const GET = defineEndpoint({ permission: "settings.read", run: getSettingsImpact });
