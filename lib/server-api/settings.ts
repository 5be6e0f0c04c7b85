import type { Env } from "@/lib/env";
import type { ServerApiSettings } from "./server-api";

/** The part of a process's settings that the Server API reads. */
export function serverApiSettings(env: Env): ServerApiSettings {
  return {
    replayProtection: env.REPLAY_PROTECTION,
    rateLimits: env.RATE_LIMITS,
    timestampToleranceSeconds: env.TIMESTAMP_TOLERANCE_SECONDS,
    strictAnswers: env.NODE_ENV === "test",
    publicUrl: env.PUBLIC_API_URL,
    consoleUrl: env.PUBLIC_CONSOLE_URL,
  };
}
