import type { EnvironmentId } from "@/lib/core/actor";
import { accessTokenKey, makeAccessToken } from "@/lib/core/tokens/access-token";
import type { Credentials, Service } from "../common/installation";
import { connectRaw, type RawClient } from "./raw-client";

const CONNECTING_AT_ONCE = 100;

/** Makes access tokens of `user-<number>`. */
export function tokensOf({ environmentId, appSecret }: Credentials): (user: number) => string {
  const key = accessTokenKey(appSecret);
  const issuedAt = Date.now();
  return (user) =>
    makeAccessToken(key, {
      environmentId: environmentId as EnvironmentId,
      userId: `user-${user}`,
      issuedAt,
      expiresAt: null,
    });
}

export interface Connects {
  readonly clients: RawClient[];
  readonly perSecond: number;
  /** Milliseconds from the opening of each socket to the answer, in ascending order. */
  readonly times: readonly number[];
}

/** Connects with each token, a hundred at a time. */
export async function connectAll(service: Service, appKey: string, tokens: readonly string[]): Promise<Connects> {
  const clients: RawClient[] = [];
  const times: number[] = [];
  let next = 0;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: CONNECTING_AT_ONCE }, async () => {
      for (let token = tokens[next++]; token !== undefined; token = tokens[next++]) {
        const began = performance.now();
        const client = await connectRaw(service.port, appKey, token);
        if (client.answer.error !== undefined) throw new Error(`refused with ${client.answer.error.code}`);
        times.push(performance.now() - began);
        clients.push(client);
      }
    }),
  );
  const seconds = (performance.now() - started) / 1_000;
  return { clients, perSecond: Math.round(clients.length / seconds), times: times.sort((a, b) => a - b) };
}

/** By the number of their user, since connects end in another order than they began. */
export function inOrder(clients: readonly RawClient[]): RawClient[] {
  const numberOf = ({ answer }: RawClient) => Number(answer.result?.userId.replace("user-", ""));
  return [...clients].sort((a, b) => numberOf(a) - numberOf(b));
}
