import { defineEndpoint } from "@/lib/console/endpoint";
import { AppError } from "@/lib/core/errors";
import { getDelivery } from "@/lib/core/webhooks/list-deliveries";

/** `DeliveryDetail` of one delivery, for its panel to follow. */
export const GET = defineEndpoint({
  permission: "webhooks.read",
  run: async (context, actor, _query, { delivery: deliveryId = "" }) => {
    const delivery = await getDelivery(context, actor, { deliveryId });
    if (delivery === null) throw new AppError("not_found", { message: "There is no such delivery here, or no more." });
    return delivery;
  },
});
