import type { EnvironmentRef } from "@/lib/core/actor";
import { resolveEnvironment } from "@/lib/core/apps/resolve-environment";
import { contextIn } from "@/lib/core/clock/environment-time";
import type { Context } from "@/lib/core/context";
import { appServerOf, operatorOf } from "./context";

/** What a door hands a use case now: the environment as it is, its actors, and the context with its time. */
export async function atTheDoor(context: Context, { appId, name }: EnvironmentRef) {
  const ref = await resolveEnvironment(context, appId, name);
  if (ref === null) throw new Error(`${appId} has no ${name} any more`);
  return { ref, context: contextIn(context, ref), server: appServerOf(ref), admin: operatorOf("admin", ref) };
}
