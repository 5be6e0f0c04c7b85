import type { Order } from "./load";

/** A statement as `pg` prepares it. */
export interface Alone {
  readonly name: string;
  readonly text: string;
  values(order: Order, number: number): unknown[];
}

/** What must be reached: so large a part of what `pg` alone does in the same run. The rate is the goal on a quiet machine. */
export interface Bar {
  readonly ratio: number;
  readonly perSecond?: number;
}

/** Reads of single rows that apps make most, and the others. */
export const HOT_READ: Bar = { ratio: 0.5 };
export const READ: Bar = { ratio: 0.25 };
/** What changes a few rows; what erases whatever is stored of somebody; pages. */
export const CHANGE: Bar = { ratio: 0.25, perSecond: 4_000 };
export const ERASURE: Bar = { ratio: 0.25, perSecond: 1_500 };
export const LIST: Bar = { ratio: 0.25, perSecond: 3_000 };
/** What is as much work as the rows that it is about. */
export const MANY_ROWS: Bar = { ratio: 0.25 };

/**
 * One thing that is measured: a request, and the same work without HTTP: the plainest single statement that reads the rows that
 * the answer is made of, or writes the rows that the request changes, the audit entry included, in one transaction.
 */
export interface Scenario {
  readonly name: string;
  readonly path: string;
  /** A body that succeeds; `number` counts the requests of the order, from 1 on. */
  body(order: Order, number: number): Readonly<Record<string, unknown>>;
  readonly alone: Alone;
  readonly bar: Bar;
  /** Puts back before each order what those before it have used up; `$1` is the environment. */
  readonly refill?: readonly string[];
}

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

/** A group of a thousand known users, and `GROUPS` small ones, each of one known user and those of `membership`. */
export const LARGE_GROUP = "bench-large";
export const LARGE_GROUP_MEMBERS = 1_000;
export const GROUPS = 5_000;
export const smallGroup = (order: Order, number: number) => `bench-${(order.round * 7_919 + number) % GROUPS}`;

/** A small group and one of its ten further members. */
export function membership(order: Order, number: number): readonly [groupId: string, userId: string] {
  const at = (order.round * 7_919 + number) % KNOWN_USERS;
  return [`bench-${at % GROUPS}`, `known-${(at + 7) % KNOWN_USERS}`];
}

/** Two members of the large group, the second a favorite of the first: `FAVORITES_EACH` for each of them. */
export const FAVORITES_EACH = 50;
export function favorite(number: number): readonly [userId: string, favoriteId: string] {
  const first = number % LARGE_GROUP_MEMBERS;
  const apart = 1 + (Math.floor(number / LARGE_GROUP_MEMBERS) % FAVORITES_EACH);
  return [`known-${first}`, `known-${(first + apart) % LARGE_GROUP_MEMBERS}`];
}

/** A group that one request dismisses. */
export const ENDING_GROUPS = 60_000;
export const endingGroup = (_order: Order, number: number) => `end-${number % ENDING_GROUPS}`;

/** Has as many friends, and has blocked as many users, as anybody may. */
export const POPULAR = "popular";
export const POPULAR_RELATIONS = 3_000;
