import { createBatch } from "@/lib/db/batch";
import type { Context } from "../context";
import type { ErrorCode } from "../errors";
import { newId } from "../ids";
import { createLastSeen } from "./last-seen";
import { beginCount, noteArrival } from "./other-processes";
import { type Ending, writePresence } from "./presence-changes";
import { beatNode, deleteNode, insertNode, type StoredConnection, together } from "./presence-store";
import { DEAD_AFTER_MS, reapNodes } from "./reap-nodes";
import { createRefusedConnects } from "./refused-connects";
import type { ConnectInput } from "./schema";

export type { StoredConnection } from "./presence-store";

export const BEAT_MS = 2_500;
/** While connected, last seen moves on this often. */
const SEEN_EVERY_MS = 5 * 60_000;
const CHUNK = 500;
/** Two beats that are further apart than this were not one after the other. */
const STEADY_GAP_MS = 2 * BEAT_MS;
/** How long a beat's count of the nodes is believed: until the next beat should have come, and some more. */
const BELIEVED_MS = 2 * BEAT_MS;

interface Held {
  readonly connection: StoredConnection;
  seenAt: number;
}

type Change =
  | { readonly kind: "add"; readonly connection: StoredConnection }
  | { readonly kind: "remove"; readonly connection: StoredConnection; readonly ending: Ending };

/**
 * One process's part in presence: the rows of the connections that it holds. Rows are written in batches; what could not
 * be written is written later; when the process was taken for dead meanwhile, or the database has lost its unlogged
 * tables, everything is written anew.
 */
export interface PresenceNode {
  readonly id: string;
  /** Resolves when the row is there: then everybody sees the user online. Rejects when it cannot be written. */
  add(connection: StoredConnection): Promise<void>;
  /** The connection has ended. Unknown ids are none of this node's. */
  remove(id: string, ending: Ending): void;
  /** A connect was refused: noted for the user whom its token proves. */
  refused(connect: ConnectInput, ip: string, code: ErrorCode): void;
  /** Tells that the process lives, writes what waits, reaps the dead. Runs by itself; never rejects. */
  beat(): Promise<void>;
  /** Takes the process out. Its connections must have been removed before. */
  stop(): Promise<void>;
}

/** `clock` in milliseconds measures how steadily this process beats. */
export function createPresenceNode(context: Context, clock: () => number = () => performance.now()): PresenceNode {
  const id = newId.gatewayNode();
  const held = new Map<string, Held>();
  /** Gone, but their rows could not be removed yet. */
  const leftOver = new Map<string, { readonly connection: StoredConnection; readonly ending: Ending }>();
  const lastSeen = createLastSeen(context);
  const refusedConnects = createRefusedConnects(context);
  let beatAt: number | null = null;
  let steadySince = 0;
  let stopped = false;

  const change = createBatch<Change, void>({
    maxItems: CHUNK,
    // In their order: a connection is never removed before it was added.
    maxInFlight: 1,
    async run(changes) {
      // Written anew while it waited to be written, a connection may be named twice.
      const added = new Map<string, StoredConnection>();
      const removed = new Map<string, StoredConnection & { readonly ending: Ending }>();
      for (const one of changes) {
        if (one.kind === "add") added.set(one.connection.id, one.connection);
        else removed.set(one.connection.id, { ...one.connection, ending: one.ending });
      }
      const distinct = { added: [...added.values()], removed: [...removed.values()] };
      if (!(await writePresence(context, id, distinct))) {
        await insertNode(context.db, id);
        await writePresence(context, id, distinct);
      }
      return changes.map(() => undefined);
    },
  });

  /** Writes the node's row and the rows of everything it holds; through the same queue, so that removals stay behind. */
  const writeAnew = async (): Promise<void> => {
    await insertNode(context.db, id);
    await Promise.all([...held.values()].map(({ connection }) => change({ kind: "add", connection })));
  };

  const removing = new Set<Promise<void>>();
  const removeRow = (connection: StoredConnection, ending: Ending): Promise<void> => {
    const removal = removeNow(connection, ending).finally(() => removing.delete(removal));
    removing.add(removal);
    return removal;
  };

  const removeNow = async (connection: StoredConnection, ending: Ending): Promise<void> => {
    try {
      await change({ kind: "remove", connection, ending });
      leftOver.delete(connection.id);
    } catch (error) {
      leftOver.set(connection.id, { connection, ending });
      context.log.warn({ err: error }, "presence: a connection's row was not removed; trying again");
    }
  };

  const touchHeld = (): void => {
    const now = context.now();
    for (const one of held.values()) {
      if (now - one.seenAt < SEEN_EVERY_MS) continue;
      one.seenAt = now;
      lastSeen.touch(one.connection.environmentId, one.connection.userId, now);
    }
  };

  const round = async (): Promise<void> => {
    const counted = beginCount(context.db);
    const nodes = await beatNode(context.db, id);
    if (nodes === null) await writeAnew();
    else counted(nodes, BELIEVED_MS);
    const now = clock();
    if (beatAt === null || now - beatAt > STEADY_GAP_MS) steadySince = now;
    beatAt = now;
    await Promise.all([...leftOver.values()].map(({ connection, ending }) => removeRow(connection, ending)));
    touchHeld();
    await lastSeen.flush();
    await refusedConnects.flush();
    // After the database was away every process looks dead for a moment; only who has beaten steadily may judge.
    if (now - steadySince >= DEAD_AFTER_MS) await reapNodes(context, lastSeen);
  };

  let beating: Promise<void> | null = null;
  const beat = (): Promise<void> => {
    beating ??= round()
      .catch((error: unknown) => context.log.warn({ err: error }, "presence: the heartbeat failed; trying again"))
      .finally(() => {
        beating = null;
      });
    return beating;
  };

  const listening = [
    context.bus.subscribe((event) => {
      if (event.type === "messages.followed") noteArrival(context.db);
    }),
    // Who came while nothing could be heard?
    context.bus.onGap(() => noteArrival(context.db)),
  ];
  const timer = setInterval(() => void beat(), BEAT_MS);
  void beat();

  return {
    id,
    async add(connection) {
      const now = context.now();
      held.set(connection.id, { connection, seenAt: now });
      try {
        await change({ kind: "add", connection });
      } catch (error) {
        held.delete(connection.id);
        // Whether it was written is not known when the connection to the database broke.
        leftOver.set(connection.id, { connection, ending: "lost" });
        throw error;
      }
      lastSeen.touch(connection.environmentId, connection.userId, now);
    },
    remove(connectionId, ending) {
      const one = held.get(connectionId);
      if (one === undefined) return;
      held.delete(connectionId);
      lastSeen.touch(one.connection.environmentId, one.connection.userId, context.now());
      void removeRow(one.connection, ending);
    },
    refused(connect, ip, code) {
      void refusedConnects.note(connect, ip, code);
    },
    beat,
    async stop() {
      if (stopped) return;
      stopped = true;
      clearInterval(timer);
      for (const unsubscribe of listening) unsubscribe();
      await beating;
      try {
        await Promise.all(removing);
        await lastSeen.flush();
        await refusedConnects.flush();
        await together(context.db, (run) => deleteNode(run, id));
      } catch (error) {
        context.log.warn({ err: error }, "presence: the process was not taken out; it will be reaped");
      }
    },
  };
}
