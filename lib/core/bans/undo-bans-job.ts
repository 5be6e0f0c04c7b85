import { z } from "zod";
import type { ItemResult } from "../jobs/job-item-store";
import type { JobKind } from "../jobs/kind";
import { type BanStep, BanStepSchema } from "./seen-ban-schema";
import { undoTogether } from "./undo-bans";

/** As it stands beside the item. */
const StoredStepSchema = BanStepSchema.extend({ at: z.string().transform((at) => new Date(at)) });

/** Takes back what a job that bans or unbans has done: what ran before runs on, exactly (docs/decisions/0067). */
export const undoBansJob: JobKind = {
  batchSize: 250,
  async carryOut({ context, run, actor, environment }, items) {
    const steps = items.map(({ detail }): BanStep => StoredStepSchema.parse(detail));
    const clock = () => new Date(context.now());
    const { result, ...follows } = await undoTogether(run, environment.id, actor, clock, steps);
    const over = new Set(result.over);
    const changed = new Set(result.changed.map(({ userId }) => userId));
    return {
      ...follows,
      result: items.map(({ position, targetId }): ItemResult => {
        if (changed.has(targetId)) return { position, state: "skipped", errorCode: "version_conflict" };
        if (over.has(targetId)) return { position, state: "skipped", errorCode: "ban_over" };
        return { position, state: "succeeded", errorCode: null, detail: null };
      }),
    };
  },
};
