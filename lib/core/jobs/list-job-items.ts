import type { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { CursorCodec, cursorKey } from "../paging/cursor";
import type { Page } from "../paging/page-size";
import { readPage } from "../paging/read-page";
import { requirePermission } from "../permissions";
import { findJobItems } from "./job-item-store";
import { type JobItemRow, type JobItemsQueryInput, JobItemsQuerySchema } from "./schema";

const PositionSchema: z.ZodType<number> = cursorKey.int;

/** One page of a job's items in their order; of one state or of all. An unknown job has none. */
export async function listJobItems(
  context: Context,
  actor: Actor,
  input: JobItemsQueryInput,
): Promise<Page<JobItemRow>> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const { jobId, state, size, cursor } = JobItemsQuerySchema.parse(input);
  return readPage({
    size,
    cursor,
    codec: new CursorCodec("job-items", PositionSchema),
    keysOf: (item: JobItemRow) => item.position,
    read: (place, limit) => findJobItems(context.db.prisma, environmentId, jobId, state ?? null, place, limit),
  });
}
