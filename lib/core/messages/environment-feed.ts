import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { findBetween } from "./inbox-store";
import type { Delivery } from "./message";

/** A part of a process that holds connected users. */
export interface MessageFollower {
  /** Called in the order of `message.sequence`, for every message, whether or not its users are here. */
  deliver(delivery: Delivery): void;
  isHere(userId: string): boolean;
  /** Everybody who is here, for reading what was missed. */
  usersHere(): Iterable<string>;
}

/** The numbers `first` to `last` and what is to be delivered under them. */
interface Range {
  readonly first: number;
  readonly last: number;
  readonly deliveries: readonly Delivery[];
}

/** How long a later range may wait for an earlier one before the earlier one is read from the database. */
const PATIENCE_MS = 100;
/** Numbers read at a time when something was missed. */
const STEP = 500;

/** One environment's messages on their way to one follower: puts ranges into order and reads those that do not come. */
export class EnvironmentFeed {
  /** Everything up to this number has been delivered; null before the start. */
  private position: number | null = null;
  /** Ranges that came before their turn, by their first number. */
  private readonly held = new Map<number, Range>();
  /** The last number seen in the database, by the comparison before. */
  private due = 0;
  private patience: NodeJS.Timeout | undefined;
  private reading = false;
  private stopped = false;

  constructor(
    private readonly context: Pick<Context, "db" | "log">,
    private readonly environmentId: EnvironmentId,
    readonly follower: MessageFollower,
  ) {}

  /** Delivers what comes after `position`; what has arrived meanwhile counts. */
  start(position: number): void {
    const early = [...this.held.values()];
    this.held.clear();
    this.position = position;
    this.due = position;
    for (const range of early) this.arrived(range);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.patience);
    this.held.clear();
  }

  arrived(range: Range): void {
    if (this.stopped) return;
    const due = this.rest(range);
    if (due === null) return;
    this.held.set(due.first, due);
    this.proceed();
  }

  /** What of a range has not been delivered: a part of it may have been read from the database meanwhile. */
  private rest(range: Range): Range | null {
    const position = this.position ?? 0;
    if (range.last <= position) return null;
    if (range.first > position) return range;
    const deliveries = range.deliveries.filter(({ message }) => message.sequence > position);
    return { first: position + 1, last: range.last, deliveries };
  }

  /** Reads what was there at the comparison before and has still not arrived. `last` is what is there now. */
  compare(last: number): void {
    if (this.position === null || this.stopped) return;
    if (this.position < this.due) void this.read(this.due);
    this.due = last;
  }

  private proceed(): void {
    if (this.position === null) return;
    for (let next = this.take(); next !== undefined; next = this.take()) {
      this.position = next.last;
      for (const delivery of next.deliveries) this.deliver(delivery);
    }
    if (this.held.size === 0) {
      clearTimeout(this.patience);
      this.patience = undefined;
    } else {
      this.patience ??= setTimeout(() => {
        this.patience = undefined;
        void this.read(Math.min(...this.held.keys()) - 1);
      }, PATIENCE_MS);
    }
  }

  private take(): Range | undefined {
    const first = (this.position ?? 0) + 1;
    const range = this.held.get(first);
    this.held.delete(first);
    return range;
  }

  private deliver(delivery: Delivery): void {
    try {
      this.follower.deliver(delivery);
    } catch (error) {
      this.context.log.error({ err: error }, "messages: a follower failed");
    }
  }

  /** Reads what lies between the position and `last` and has not arrived. All of it is visible: so is a later number. */
  private async read(last: number): Promise<void> {
    if (this.reading) return;
    this.reading = true;
    try {
      for (let gap = this.firstGap(last); gap !== null && !this.stopped; gap = this.firstGap(last)) {
        this.context.log.info({ environmentId: this.environmentId, ...gap }, "messages: reading what did not arrive");
        this.arrived({ ...gap, deliveries: await this.find(gap) });
      }
    } catch (error) {
      this.context.log.warn({ err: error }, "messages: could not read what was missed; the next round tries again");
    } finally {
      this.reading = false;
      this.proceed();
    }
  }

  private firstGap(last: number): Omit<Range, "deliveries"> | null {
    const first = (this.position ?? 0) + 1;
    if (first > last) return null;
    const next = Math.min(last + 1, first + STEP, ...[...this.held.keys()].filter((held) => held >= first));
    return next > first ? { first, last: next - 1 } : null;
  }

  /** What the users here got under these numbers. */
  private async find({ first, last }: Omit<Range, "deliveries">): Promise<Delivery[]> {
    const found = await findBetween(this.context.db, this.environmentId, [...this.follower.usersHere()], first, last);
    return found.map((one) => ({ ...one, connectionId: "" }));
  }
}
