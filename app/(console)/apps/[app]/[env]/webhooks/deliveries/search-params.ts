import type { z } from "zod";
import { CursorSchema, PageSizeSchema } from "@/lib/core/paging/page-size";
import { DeliveryFilterSchema } from "@/lib/core/webhooks/delivery-schema";

/**
 * The delivery log in its address; what cannot be read falls back. The open delivery stands there too (`delivery`) and is
 * read by its panel alone.
 */
export const DeliveryParamsSchema = DeliveryFilterSchema.extend({ size: PageSizeSchema, cursor: CursorSchema });
export type DeliveryParams = z.output<typeof DeliveryParamsSchema>;
