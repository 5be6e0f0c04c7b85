import { z } from "zod";
import { CursorSchema, PageSizeSchema } from "@/lib/core/paging/page-size";

/** Which results of the job show. */
export const JobParamsSchema = z.object({
  state: z.enum(["pending", "succeeded", "failed"]).optional().catch(undefined),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type JobParams = z.output<typeof JobParamsSchema>;
