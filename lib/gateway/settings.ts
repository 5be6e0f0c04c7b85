import type { Env } from "@/lib/env";
import type { TrustProxy } from "@/lib/http/client-address";

export interface GatewaySettings {
  readonly rateLimits: boolean;
  /** Sockets that one address may open in a second, on average over ten; 0: any number. */
  readonly connectsPerAddress: number;
  readonly trustProxy: TrustProxy;
}

/** The part of a process's settings that the gateway reads. */
export function gatewaySettings(env: Env): GatewaySettings {
  return {
    rateLimits: env.RATE_LIMITS,
    connectsPerAddress: env.CONNECTS_PER_ADDRESS,
    trustProxy: env.TRUST_PROXY,
  };
}
