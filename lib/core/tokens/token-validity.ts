import type { EnvironmentId } from "../actor";
import type { Context } from "../context";

/** How long a token issued now is valid, in milliseconds; null: without end. */
export async function accessTokenValidityMs(_context: Context, _environmentId: EnvironmentId): Promise<number | null> {
  return null;
}
