import type { Actor } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import type { AppError } from "../errors";
import type { Permission } from "../permissions";

/**
 * Records, of a refusal, that somebody tried what they may not do; of any other it says nothing. A door calls it; the refusal itself
 * stands in any case, and that it could not be recorded is logged.
 */
export async function recordRefusal(
  context: Context,
  { actor, permission }: { readonly actor?: Actor | undefined; readonly permission?: Permission | undefined },
  error: AppError,
): Promise<void> {
  if (actor === undefined || permission === undefined) return;
  if (error.code !== "forbidden" && error.code !== "development_only") return;
  try {
    await writeRefusal(context, actor, { permission, error });
  } catch (failure) {
    const { requestId, source } = actor;
    context.log.error({ err: failure, requestId, source, permission }, "a refusal was not recorded");
  }
}

async function writeRefusal(
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
