import type { AppUser, EnvironmentRef } from "@/lib/core/actor";
import { newId } from "@/lib/core/ids";

/** A connected user of an environment. */
export function appUserOf(environment: EnvironmentRef, userId: string, connectionId?: string): AppUser {
  return {
    kind: "app_user",
    source: "client",
    requestId: newId.request(),
    ip: "127.0.0.1",
    environment,
    userId,
    ...(connectionId !== undefined && { connection: { id: connectionId, platform: "Web" } }),
  };
}
