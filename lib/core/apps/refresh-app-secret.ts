import { type Actor, environmentOf } from "../actor";
import { realNow } from "../clock/environment-time";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { newId } from "../ids";
import { requirePermission } from "../permissions";
import { sealAppSecret } from "./app-secret";
import { updateAppSecret } from "./environment-store";

/**
 * Gives the environment a new App Secret. From the moment of the commit requests signed with the old one are refused and
 * every access token issued before is invalid, since tokens are signed with a key that follows from the secret
 * (contract section 1.4). Open connections stay.
 */
export async function refreshAppSecret(
  context: Context,
  actor: Actor,
): Promise<{ appSecret: string; refreshedAt: Date }> {
  requirePermission(actor, "keys.refresh");
  const { id, appKey, appName, name } = environmentOf(actor);
  const now = realNow(context);
  const appSecret = newId.appSecret();
  const refreshedAt = new Date(now);
  const target = { kind: "environment", id: appKey, name: `${appName} ${name}` } as const;
  return executeWithPrisma(context, actor, async (tx) => {
    await updateAppSecret(tx, id, sealAppSecret(context.secrets, appKey, appSecret), refreshedAt);
    return {
      result: { appSecret, refreshedAt },
      audit: [{ action: "keys.secret_refreshed", target }],
      events: [{ type: "environment.changed", environmentId: id }],
    };
  });
}
