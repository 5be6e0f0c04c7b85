import type { Context } from "@/lib/core/context";
import { createOperator } from "@/lib/core/operators/create-operator";
import { createSetupLink } from "@/lib/core/operators/create-setup-link";
import { countOperators } from "@/lib/core/operators/operator-store";
import type { Env } from "@/lib/env";
import { Failure } from "./failure";
import { systemActor } from "./first-run";

/**
 * While no operator exists: makes the owner from OWNER_EMAIL and OWNER_PASSWORD, or gives a fresh one-time link that
 * lets a person do so. Null once there is an operator.
 */
export async function ensureFirstOwner(context: Context, settings: Env): Promise<{ setupUrl: string } | null> {
  if ((await countOperators(context.db.prisma)) > 0) return null;
  const { OWNER_EMAIL: email, OWNER_PASSWORD: password } = settings;
  if (email === undefined || password === undefined) {
    const { secret } = await createSetupLink(context, systemActor("setup"));
    return { setupUrl: `${settings.PUBLIC_CONSOLE_URL}/setup?secret=${encodeURIComponent(secret)}` };
  }
  try {
    await createOperator(context, systemActor("setup"), { email, password, role: "owner" });
  } catch (error) {
    throw new Failure(`The owner could not be made from OWNER_EMAIL and OWNER_PASSWORD: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return null;
}
