import type { EnvironmentName, EnvironmentRef } from "../actor";
import type { Context } from "../context";
import { findEnvironment } from "./environment-store";

/** The environment that a door's address names, or null. Whether the caller may act on it is the use case's question. */
export async function resolveEnvironment(
  context: Context,
  appId: string,
  name: EnvironmentName,
): Promise<EnvironmentRef | null> {
  const stored = await findEnvironment(context.db.prisma, appId, name);
  return stored?.ref ?? null;
}

/** Production is closed while the app is on the free plan; its data stays (console contract section 7). */
export function isClosed(environment: Pick<EnvironmentRef, "name" | "plan">): boolean {
  return environment.name === "production" && environment.plan === "free";
}
