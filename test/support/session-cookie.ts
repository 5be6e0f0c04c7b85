import { encode } from "next-auth/jwt";
import { SESSION_MAX_AGE, sessionSecret } from "@/lib/console/session-cookie";
import type { SecretBox } from "@/lib/core/secrets";

/** What NextAuth puts into the session cookie of somebody who signs in. */
export function sealSessionId(secrets: SecretBox, sessionId: string): Promise<string> {
  return encode({ token: { sid: sessionId }, secret: sessionSecret(secrets), maxAge: SESSION_MAX_AGE });
}
