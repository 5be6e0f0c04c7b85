import type { EnvironmentId } from "@/lib/core/actor";
import type { Connection } from "./connection";
import { type GatewayCounts, uncounted } from "./counts";
import type { Frame } from "./frames";

/** The connections of one user to this process, and what is counted for all of them together. */
export interface UserEntry {
  readonly connections: Set<Connection>;
  /** By method: the window that runs and what was counted in it. */
  readonly windows: Map<string, { start: number; count: number }>;
}

interface SendOptions {
  /** The connection that knows already; "": none. */
  readonly exceptConnection?: string;
}

/** Every connection of this process by user. What reaches a user on other processes goes over the bus to their hubs. */
export class Hub {
  readonly #environments = new Map<number, Map<string, UserEntry>>();
  #size = 0;

  constructor(private readonly counts: Pick<GatewayCounts, "delivered"> = uncounted) {}

  /** Connections, those still being checked included. */
  get size(): number {
    return this.#size;
  }

  add(connection: Connection): UserEntry {
    let users = this.#environments.get(connection.environment.id);
    if (users === undefined) {
      users = new Map();
      this.#environments.set(connection.environment.id, users);
    }
    let entry = users.get(connection.userId);
    if (entry === undefined) {
      entry = { connections: new Set(), windows: new Map() };
      users.set(connection.userId, entry);
    }
    entry.connections.add(connection);
    this.#size += 1;
    return entry;
  }

  remove(connection: Connection): void {
    const users = this.#environments.get(connection.environment.id);
    const entry = users?.get(connection.userId);
    if (users === undefined || entry === undefined || !entry.connections.delete(connection)) return;
    this.#size -= 1;
    if (entry.connections.size > 0) return;
    users.delete(connection.userId);
    if (users.size === 0) this.#environments.delete(connection.environment.id);
  }

  /** Whether the user has a connection to this process, those still being checked included. */
  has(environmentId: number, userId: string): boolean {
    return this.#environments.get(environmentId)?.has(userId) ?? false;
  }

  /** The users of an environment who have a connection to this process. */
  usersIn(environmentId: number): Iterable<string> {
    return this.#environments.get(environmentId)?.keys() ?? [];
  }

  isEmpty(environmentId: number): boolean {
    return !this.#environments.has(environmentId);
  }

  /** All connections of a user, those still being checked included. */
  of(environmentId: number, userId: string): Connection[] {
    return [...(this.#environments.get(environmentId)?.get(userId)?.connections ?? [])];
  }

  /** How many connections a user has here, those still being checked included. */
  countOf(environmentId: number, userId: string): number {
    return this.#environments.get(environmentId)?.get(userId)?.connections.size ?? 0;
  }

  /** All connections of an environment, those still being checked included. */
  inEnvironment(environmentId: number): Connection[] {
    const users = this.#environments.get(environmentId);
    return users === undefined ? [] : [...users.values()].flatMap((entry) => [...entry.connections]);
  }

  all(): Connection[] {
    return [...this.#environments.keys()].flatMap((id) => this.inEnvironment(id));
  }

  /** Sends one frame to the user's connections to this process; gives how many it went to. */
  sendToUser(environmentId: EnvironmentId | number, userId: string, frame: Frame, options: SendOptions = {}): number {
    const entry = this.#environments.get(environmentId)?.get(userId);
    if (entry === undefined) return 0;
    let sent = 0;
    for (const connection of entry.connections) {
      if (!connection.open || connection.id === options.exceptConnection) continue;
      connection.send(frame);
      sent += 1;
    }
    if (sent > 0) this.counts.delivered(sent);
    return sent;
  }
}
