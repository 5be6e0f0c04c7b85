import type { Actor } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import type { AppError } from "../errors";
import type { Permission } from "../permissions";

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
  const after = { permission: refusal.permission };
  await execute(context, actor, async () => ({
    result: undefined,
    audit: [{ action: "access.refused", target, after, result: refusal.error.code }],
  }));
}
