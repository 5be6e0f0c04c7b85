import { z } from "zod";
import { addressText } from "../input/text";
import { CursorSchema, PageSizeSchema } from "../paging/page-size";

export type JobState = "queued" | "running" | "finished";
export type JobItemState = "pending" | "succeeded" | "failed";

export const JobKeySchema = z.object({ jobId: addressText(64) });

/** Items of a job, in their order, in the spelling of its page's URL. Browser-safe. Unreadable parts fall back. */
export const JobItemsQuerySchema = z.object({
  jobId: addressText(64),
  state: z.enum(["pending", "succeeded", "failed"]).optional().catch(undefined),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type JobItemsQueryInput = Partial<z.input<typeof JobItemsQuerySchema>> & { jobId: string };

export interface JobSummary {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly total: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly createdAt: Date;
  readonly createdById: string;
  readonly createdByName: string;
  readonly requestId: string;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}

export interface JobItemRow {
  readonly position: number;
  /** The `userId` that the item is about. */
  readonly targetId: string;
  readonly state: JobItemState;
  /**
   * Why it failed, as an error code. On a success `user_not_found` says that there was nothing left to delete, and
   * `user_registered_again` that the id belongs to a new user, who was left alone.
   */
  readonly errorCode: string | null;
  readonly finishedAt: Date | null;
}
