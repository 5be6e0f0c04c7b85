import { formatCount } from "@/components/ui/count-text";
import type { EndpointUse } from "@/lib/core/quota/get-api-use";

/** The limit of one endpoint of the Server API, per App Key. */
export interface EndpointLimit {
  readonly path: string;
  /** Requests in a window, or what the endpoint counts. */
  readonly limit: number;
  readonly windowMs: number;
}

export interface UsedEndpoint extends EndpointLimit {
  /** Of the limit, in the running window or the one before it. */
  readonly used: number;
  /** In the last 24 hours. */
  readonly refused: number;
}

/** `now` is the clock of the windows, Unix milliseconds. */
export function usedEndpoint(endpoint: EndpointLimit, use: EndpointUse | undefined, now: number): UsedEndpoint {
  const window = use?.lastWindow ?? null;
  const recent = window !== null && window.start > now - 2 * endpoint.windowMs;
  return { ...endpoint, used: recent ? Math.min(window.count, endpoint.limit) : 0, refused: use?.refused ?? 0 };
}

const per = (windowMs: number) =>
  windowMs === 60_000 ? "a minute" : windowMs === 1_000 ? "a second" : `in ${windowMs} ms`;

/** "100 a second" */
export const limitText = ({ limit, windowMs }: EndpointLimit) => `${formatCount(limit)} ${per(windowMs)}`;

/** "50 to 100 a second" for endpoints of one group. */
export function limitsText(endpoints: readonly EndpointLimit[]): string {
  return [...new Set(endpoints.map(({ windowMs }) => windowMs))]
    .map((windowMs) => {
      const limits = endpoints.filter((one) => one.windowMs === windowMs).map(({ limit }) => limit);
      const [least, most] = [Math.min(...limits), Math.max(...limits)];
      return least === most
        ? `${formatCount(most)} ${per(windowMs)}`
        : `${formatCount(least)} to ${formatCount(most)} ${per(windowMs)}`;
    })
    .join(", ");
}

/** The endpoint of a group that is nearest to its limit; undefined while none is used. */
export function busiest(endpoints: readonly UsedEndpoint[]): UsedEndpoint | undefined {
  const share = ({ used, limit }: UsedEndpoint) => used / limit;
  const [first] = [...endpoints].sort((one, other) => share(other) - share(one));
  return first !== undefined && first.used > 0 ? first : undefined;
}
