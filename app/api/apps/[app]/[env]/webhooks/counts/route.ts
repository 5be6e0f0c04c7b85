import { defineEndpoint } from "@/lib/console/endpoint";
import { countDeliveries } from "@/lib/core/webhooks/list-deliveries";

/** `DeliveryCounts`: what waits, fails and was given up, and until when the receiver is left in peace. */
export const GET = defineEndpoint({
  permission: "webhooks.read",
  run: (context, actor) => countDeliveries(context, actor),
});
