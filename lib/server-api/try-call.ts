import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Operator } from "@/lib/core/actor";
import { secretForTestCall } from "@/lib/core/apps/secret-for-test-call";
import { realNow } from "@/lib/core/clock/environment-time";
import type { Context } from "@/lib/core/context";
import { limitedText } from "@/lib/core/input/text";
import { requirePermission } from "@/lib/core/permissions";
import { ENDPOINTS } from "./endpoints";
import type { ServerApi } from "./server-api";
import { sign } from "./signature";

/** Far more than a call that somebody types. */
const BODY_MAX_BYTES = 64 * 1024;

export const TryCallSchema = z.object({
  path: z.enum(
    ENDPOINTS.map(({ path }) => path),
    { error: "Must be the path of an endpoint." },
  ),
  /** The request's body as it is sent, also when it is no JSON. */
  body: limitedText({ bytes: BODY_MAX_BYTES }, { empty: true }),
});
export type TryCallInput = z.input<typeof TryCallSchema>;

export interface TriedCall {
  /** HTTP status */
  readonly status: number;
  /** The answer's body, indented. */
  readonly answer: string;
  /** Milliseconds */
  readonly took: number;
  /** Of the call: its audit entries have it. */
  readonly requestId: string;
}

/**
 * Signs one call of an operator's and carries it out in Development, in every way as if the app server had sent it: checks, limits and
 * effects included. Throws `forbidden` and `development_only`; what the API refuses is an answer.
 */
export async function tryCall(
  context: Context,
  api: Pick<ServerApi, "fetch">,
  actor: Operator,
  input: TryCallInput,
): Promise<TriedCall> {
  requirePermission(actor, "keys.try");
  const { path, body } = TryCallSchema.parse(input);
  const { appKey, appSecret } = await secretForTestCall(context, actor, path);
  const nonce = randomBytes(8).toString("hex");
  const timestamp = String(realNow(context));
  const started = performance.now();
  const response = await api.fetch(
    new Request(`http://localhost${path}`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "app-key": appKey,
        nonce,
        timestamp,
        signature: sign(appSecret, nonce, timestamp),
        "x-request-id": actor.requestId,
      },
      body,
    }),
    { ip: actor.ip },
  );
  const text = await response.text();
  return {
    status: response.status,
    answer: JSON.stringify(JSON.parse(text), null, 2),
    took: Math.round(performance.now() - started),
    requestId: actor.requestId,
  };
}
