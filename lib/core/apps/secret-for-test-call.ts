import { type Actor, environmentOf } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { openAppSecret } from "./app-secret";
import { findEnvironment } from "./environment-store";

/**
 * What signs one call of the Server API that an operator tries from the API reference: in Development only, for those who may see
 * the App Secret anyway. Each is an audit entry with the call's path, and the request id of the call's own entries.
 */
export async function secretForTestCall(
  context: Context,
  actor: Actor,
  path: string,
): Promise<{ appKey: string; appSecret: string }> {
  requirePermission(actor, "keys.try");
  const { appId, name } = environmentOf(actor);
  if (name !== "development") {
    throw new AppError("development_only", { message: "Calls are tried in Development only." });
  }
  return executeWithPrisma(context, actor, async (tx) => {
    const stored = await findEnvironment(tx, appId, name);
    if (stored === null) throw new AppError("not_found");
    const { appKey, appName } = stored.ref;
    const target = { kind: "environment", id: appKey, name: `${appName} ${name}` } as const;
    return {
      result: { appKey, appSecret: openAppSecret(context.secrets, appKey, stored.appSecretEncrypted) },
      audit: [{ action: "keys.test_call_sent", target, after: { path } }],
    };
  });
}
