import type { System } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { linkSecret } from "../ids";
import { sha256 } from "../secrets";
import { saveSetupLink } from "./installation-fact-store";
import { countOperators, lockOperators } from "./operator-store";
import { SETUP_LINK_HOURS } from "./schema";

/**
 * Makes the one-time link by which the first owner is created; older links stop working. Only its SHA-256 is stored.
 * Throws `link_invalid` once there is an operator: then nobody becomes owner by a link.
 */
export async function createSetupLink(context: Context, actor: System): Promise<{ secret: string; expiresAt: Date }> {
  const secret = linkSecret();
  const now = context.now();
  const expiresAt = now + SETUP_LINK_HOURS * 3_600_000;
  return executeWithPrisma(context, actor, async (tx) => {
    await lockOperators(tx);
    if ((await countOperators(tx)) > 0) {
      throw new AppError("link_invalid", { message: "This installation has an operator already." });
    }
    await saveSetupLink(tx, { secretHash: sha256(secret), expiresAt }, new Date(now));
    return { result: { secret, expiresAt: new Date(expiresAt) } };
  });
}
