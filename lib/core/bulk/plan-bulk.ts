import { type Actor, type EnvironmentRef, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { JOB_KINDS, jobKindFacts } from "../jobs/facts";
import { requirePermission } from "../permissions";
import type { Judge } from "./bulk-kind";
import { BULK_KINDS } from "./bulk-kinds";
import { readSelection } from "./read-selection";
import { type BulkAct, type BulkPlan, PLAN_MAX, PLAN_NAMED, type PlanBulkInput, PlanBulkSchema } from "./schema";
import type { BulkSelection } from "./selection-schema";
import { findUserFacts } from "./user-facts-store";

/** Users looked at in one go. */
const STEP = 5_000;

/**
 * Dry run: whom an act on many users would change, and whom not and why; changes nothing. Looks at up to `PLAN_MAX` users.
 * Throws `forbidden`, and `development_only` for what exists only there.
 */
export async function planBulk(context: Context, actor: Actor, input: PlanBulkInput): Promise<BulkPlan> {
  requirePermission(actor, "jobs.start");
  const environment = environmentOf(actor);
  const { act, selection } = PlanBulkSchema.parse(input);
  requireBulk(actor, act.kind);
  const at = new Date(context.now());
  const judge = await judgeOf(context, environment, act);
  const first: string[] = [];
  const skipped = new Map<string, { code: string; count: number; first: string[] }>();
  let count = 0;
  let banned = 0;
  let connections = 0;
  let seen = 0;
  let capped = false;
  for await (const ids of selectedIds(context, environment, selection)) {
    const facts = await findUserFacts(context.db.prisma, environment.id, ids);
    for (const id of ids) {
      const user = facts.get(id);
      const code = judge(user);
      if (code === null) {
        count += 1;
        if (user?.bannedUntil && user.bannedUntil > at) banned += 1;
        connections += user?.connections ?? 0;
        if (first.length < PLAN_NAMED) first.push(id);
        continue;
      }
      const group = skipped.get(code) ?? { code, count: 0, first: [] };
      group.count += 1;
      if (group.first.length < PLAN_NAMED) group.first.push(id);
      skipped.set(code, group);
    }
    seen += ids.length;
    capped = seen >= PLAN_MAX;
    if (capped) break;
  }
  const groups = [...skipped.values()];
  const skippedCount = groups.reduce((sum, group) => sum + group.count, 0);
  return { at, count, capped, banned, connections, first, skippedCount, skipped: groups };
}

/** Throws unless the actor may do this with many users here. App servers do it by their own calls. */
export function requireBulk(actor: Actor, kind: BulkAct["kind"]): void {
  if (jobKindFacts(kind)?.developmentOnly === true && environmentOf(actor).name !== "development") {
    throw new AppError("development_only");
  }
  if (actor.kind === "app_server")
    throw new AppError("forbidden", { message: "Jobs are started in the console only." });
  requirePermission(actor, JOB_KINDS[kind].permission);
}

function judgeOf(context: Context, environment: EnvironmentRef, act: BulkAct): Promise<Judge> {
  const judge: (context: Context, environment: EnvironmentRef, act: never) => Promise<Judge> =
    BULK_KINDS[act.kind].judge;
  return judge(context, environment, act as never);
}

async function* selectedIds(
  context: Context,
  environment: EnvironmentRef,
  selection: BulkSelection,
): AsyncGenerator<readonly string[]> {
  if (selection.by === "ids") {
    for (let from = 0; from < selection.userIds.length; from += STEP) yield selection.userIds.slice(from, from + STEP);
    return;
  }
  let place: unknown = null;
  do {
    const part = await readSelection(context, environment, selection, place, STEP);
    yield part.items.map(({ targetId }) => targetId);
    place = part.place;
  } while (place !== null);
}
