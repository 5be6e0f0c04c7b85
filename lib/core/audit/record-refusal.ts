import { type Actor, INSTALLATION, type Permission } from "../actor";
import type { Context } from "../context";
import type { AppError } from "../errors";
import { writeAudit } from "./audit-store";

/** Records that somebody tried what they may not do. A door calls it; the refusal itself stands in any case. */
export async function recordRefusal(
  context: Context,
  actor: Actor,
  refusal: { permission: Permission; error: AppError },
): Promise<void> {
  const { environment } = actor;
  const target =
    environment === null
      ? ({ kind: "operator", id: actor.kind === "operator" ? actor.operatorId : "", name: "the installation" } as const)
      : ({
          kind: "environment",
          id: String(environment.id),
          name: `${environment.appName} ${environment.name}`,
        } as const);
  await writeAudit(context.db.prisma, environment?.id ?? INSTALLATION, actor, context.now(), [
    { action: "access.refused", target, after: { permission: refusal.permission }, result: refusal.error.code },
  ]);
}
