import { type Actor, environmentOf } from "../actor";
import { realNow } from "../clock/environment-time";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { newId } from "../ids";
import { requirePermission } from "../permissions";
import { countConnections } from "../presence/connection-store";
import { sealAppSecret } from "./app-secret";
import { updateAppSecret } from "./environment-store";
import { type RefreshAppSecretInput, RefreshAppSecretSchema } from "./schema";

/**
 * Gives the environment a new App Secret. From the moment of the commit requests signed with the old one are refused and
 * every access token issued before is invalid, since tokens are signed with a key that follows from the secret
 * (contract section 1.4). Open connections stay unless `disconnect` says that they close; gives how many did.
 */
export async function refreshAppSecret(
  context: Context,
  actor: Actor,
  input: RefreshAppSecretInput,
): Promise<{ appSecret: string; refreshedAt: Date; disconnected: number }> {
  requirePermission(actor, "keys.refresh");
  const { disconnect } = RefreshAppSecretSchema.parse(input);
  const { id, appKey, appName, name } = environmentOf(actor);
  const now = realNow(context);
  const appSecret = newId.appSecret();
  const refreshedAt = new Date(now);
  const target = { kind: "environment", id: appKey, name: `${appName} ${name}` } as const;
  return executeWithPrisma(context, actor, async (tx) => {
    await updateAppSecret(tx, id, sealAppSecret(context.secrets, appKey, appSecret), refreshedAt);
    const disconnected = disconnect ? await countConnections(tx, id) : 0;
    return {
      result: { appSecret, refreshedAt, disconnected },
      audit: [{ action: "keys.secret_refreshed", target, ...(disconnect ? { after: { disconnected } } : {}) }],
      events: [
        { type: "environment.changed", environmentId: id },
        ...(disconnect
          ? [{ type: "connections.close" as const, environmentId: id, userIds: null, connectionIds: null }]
          : []),
      ],
    };
  });
}
