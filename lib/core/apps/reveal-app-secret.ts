import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { openAppSecret } from "./app-secret";
import { findEnvironment } from "./environment-store";

/** The App Secret in clear. Each look is an audit entry. */
export async function revealAppSecret(context: Context, actor: Actor): Promise<{ appKey: string; appSecret: string }> {
  requirePermission(actor, "keys.reveal");
  const { appId, name } = environmentOf(actor);
  return executeWithPrisma(context, actor, async (tx) => {
    const stored = await findEnvironment(tx, appId, name);
    if (stored === null) throw new AppError("not_found");
    const { ref, appSecretEncrypted } = stored;
    const target = { kind: "environment", id: ref.appKey, name: `${ref.appName} ${name}` } as const;
    const appSecret = openAppSecret(context.secrets, ref.appKey, appSecretEncrypted);
    return { result: { appKey: ref.appKey, appSecret }, audit: [{ action: "keys.secret_revealed", target }] };
  });
}
