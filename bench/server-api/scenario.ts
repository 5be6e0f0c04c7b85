import type { Order } from "./load";

/** A statement as `pg` prepares it. */
export interface Alone {
  readonly name: string;
  readonly text: string;
  values(order: Order, number: number): unknown[];
}

/**
 * One thing that is measured: a request, and where there is one the equivalent statement without HTTP: the plainest that
 * finds out, or changes, what the contract's answer to that request says.
 */
export interface Scenario {
  readonly name: string;
  readonly path: string;
  /** A body that succeeds; `number` counts the requests of the order, from 1 on. */
  body(order: Order, number: number): Readonly<Record<string, unknown>>;
  readonly alone?: Alone;
  /** What must be reached: so many a second, and so large a part of what `pg` alone does. */
  readonly target?: { readonly perSecond?: number; readonly ratio?: number };
}

/** Half of what `pg` alone does. */
export const HALF = { ratio: 0.5 } as const;

/** Users that exist before the first round. */
export const KNOWN_USERS = 50_000;

/** Requests that no order of a run exceeds, so that orders never meet. */
const PER_ORDER = 400_000;

/** A number of this order alone, for ids and pairs that must be new. */
export const unique = (order: Order, number: number) => order.round * PER_ORDER + number;

/** One of the known users: distinct ones within an order, so that no work is saved by repetition. */
export const knownUser = (order: Order, number: number) => `known-${(order.round * 7_919 + number) % KNOWN_USERS}`;

/** Two known users whom no other request of the run has named together, neighbours (who may be friends) excepted. */
export function newPair(order: Order, number: number): readonly [string, string] {
  const at = unique(order, number);
  const first = at % KNOWN_USERS;
  return [`known-${first}`, `known-${(first + 2 + Math.floor(at / KNOWN_USERS)) % KNOWN_USERS}`];
}

/** Two users who are friends, and of whom the first has blocked the second. */
export function neighbours(order: Order, number: number): readonly [string, string] {
  const at = (order.round * 7_919 + number) % KNOWN_USERS;
  return [`known-${at}`, `known-${(at + 1) % KNOWN_USERS}`];
}

/** Users with a live connection each, on a node that never dies. */
export const ONLINE_USERS = 20_000;

/** In turns somebody who is online and somebody who is not. */
export const someoneOnlineOrNot = (order: Order, number: number) =>
  number % 2 === 0 ? knownUser(order, number) : `online-${(order.round * 7_919 + number) % ONLINE_USERS}`;

/** Users of pools that a scenario uses up: soft-deleted long ago, and there to be soft-deleted. */
export const POOL = 40_000;
export const lostUser = (order: Order, number: number) => `lost-${unique(order, number) % POOL}`;
export const goneUser = (order: Order, number: number) => `gone-${unique(order, number) % POOL}`;

/** A group of a thousand known users, and one with two of them for each of `GROUPS`. */
export const LARGE_GROUP = "bench-large";
export const LARGE_GROUP_MEMBERS = 1_000;
export const GROUPS = 2_000;
export const smallGroup = (order: Order, number: number) => `bench-${(order.round * 7_919 + number) % GROUPS}`;

/** A group that one request dismisses: enough of them for one round after the other. */
export const ENDING_GROUPS = 60_000;
export const endingGroup = (order: Order, number: number) => `end-${order.round % 4}-${number}`;

/** Has as many friends, and has blocked as many users, as anybody may. */
export const POPULAR = "popular";
export const POPULAR_RELATIONS = 3_000;
