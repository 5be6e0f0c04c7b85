import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { checkToken, tokenActor } from "@/lib/core/operator-tokens/check-token";
import type { ApiCall } from "@/lib/server-api/call";
import type { Identify } from "./answer";

/** Who has sent `Authorization: Bearer imt_…`. Throws `not_signed_in`. */
export function byToken(context: Context, call: ApiCall): Identify {
  return async ({ requestId }) => {
    const [scheme, text, ...more] = (call.header("authorization") ?? "").trim().split(/\s+/);
    if (scheme?.toLowerCase() !== "bearer" || text === undefined || more.length > 0) {
      throw new AppError("not_signed_in", {
        message: "Send a token: Authorization: Bearer imt_…. Create one in the console under Account.",
      });
    }
    const token = await checkToken(context, text, call.ip);
    return (environment) => ({
      actor: tokenActor(token, { requestId, ip: call.ip, environment }),
      appId: token.app?.id ?? null,
      expiresAt: token.expiresAt,
    });
  };
}
