import type { EnvironmentRef } from "../actor";
import type { Context } from "../context";
import { resolveEnvironment } from "./resolve-environment";
import { EnvironmentNameSchema } from "./schema";

/** The environment that the parts of an address name, whatever stands in them; null when there is none. */
export async function namedEnvironment(context: Context, app: string, env: string): Promise<EnvironmentRef | null> {
  const name = EnvironmentNameSchema.safeParse(env);
  return name.success && /^[a-z0-9-]{1,64}$/.test(app) ? resolveEnvironment(context, app, name.data) : null;
}
