import { z } from "zod";
import { addressText } from "../input/text";
import { CursorSchema, PageSizeSchema } from "../paging/page-size";
import { JOB_KINDS, JOB_STATES, type JobKindName } from "./facts";

export const JOB_ITEM_STATES = ["pending", "succeeded", "skipped", "failed"] as const;
/** `skipped`: left alone for the reason that its code gives; trying again would change nothing. */
export type JobItemState = (typeof JOB_ITEM_STATES)[number];

export const JobKeySchema = z.object({ jobId: addressText(64) });

/** Items of a job, in their order, in the spelling of its page's URL. Browser-safe. Unreadable parts fall back. */
export const JobItemsQuerySchema = z.object({
  jobId: addressText(64),
  state: z.enum(JOB_ITEM_STATES).optional().catch(undefined),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type JobItemsQueryInput = Partial<z.input<typeof JobItemsQuerySchema>> & { jobId: string };

/** The jobs of an environment, latest first. */
export const JobListQuerySchema = z.object({
  state: z.enum(JOB_STATES).optional().catch(undefined),
  kind: z
    .enum(Object.keys(JOB_KINDS) as [JobKindName, ...JobKindName[]])
    .optional()
    .catch(undefined),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type JobListQueryInput = Partial<z.input<typeof JobListQuerySchema>>;
export type JobListQuery = z.output<typeof JobListQuerySchema>;

export interface JobItemRow {
  readonly position: number;
  /** The `userId` that the item is about. */
  readonly targetId: string;
  readonly state: JobItemState;
  /**
   * Why it failed or was left alone, as an error code. On a success `user_not_found` says that there was nothing left to
   * delete, and `user_registered_again` that the id belongs to a new user, who was left alone.
   */
  readonly errorCode: string | null;
  readonly finishedAt: Date | null;
  /** The line of an imported file. */
  readonly line: number | null;
  /** What is wrong with that line. */
  readonly note: string | null;
}
