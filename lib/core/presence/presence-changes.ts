import { type Run, runWrites } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { environmentDirectory } from "../apps/environment-directory";
import { byEnvironment } from "../by-environment";
import type { Context } from "../context";
import { connectionStatusEvent } from "../webhooks/events";
import { webhookSelects } from "../webhooks/selected-events";
import { webhookEventWrites } from "../webhooks/webhook-event-store";
import {
  type ConnectionKey,
  countAlone,
  deleteConnections,
  type EndedConnection,
  insertConnections,
  oneByOne,
  type PresentUser,
  type StoredConnection,
  together,
} from "./presence-store";

/** How a connection ended: by the client's own call, or otherwise. */
export type Ending = "logout" | "lost";

export interface PresenceChanges {
  readonly added: readonly StoredConnection[];
  readonly removed: ReadonlyArray<ConnectionKey & { readonly ending: Ending }>;
}

const EVENT = "user:connection_status";

/**
 * Writes connections of a node that came and went, each of them named once. Where the environment's webhook wants to know, the change and its
 * events are one transaction: a user's first connection is online, the last one gone offline or logout, and of several
 * processes exactly one tells. False when the node has been reaped: then nothing was added.
 */
export async function writePresence(context: Context, nodeId: string, changes: PresenceChanges): Promise<boolean> {
  const environments = new Set([...changes.added, ...changes.removed].map(({ environmentId }) => environmentId));
  const told = await environmentsToTell(context, environments);
  const [silent, loud] = split(changes, told);
  let alive = true;
  const apply = async (run: Run, part: PresenceChanges) => {
    const added = part.added.length === 0 ? [] : await insertConnections(run, nodeId, part.added);
    if (added === null) alive = false;
    const removed = part.removed.length === 0 ? [] : await deleteConnections(run, part.removed);
    return { added: added ?? [], removed };
  };
  if (silent.added.length + silent.removed.length > 0) await apply(oneByOne(context.db), silent);
  if (loud.added.length + loud.removed.length > 0) {
    await together(context.db, async (run) => {
      const { added, removed } = await apply(run, loud);
      const endings = new Map(loud.removed.map(({ id, ending }) => [id, ending]));
      const came = new Set(added.map(({ id }) => id));
      await tellChanges(context, run, {
        added: loud.added.filter(({ id }) => came.has(id)),
        removed: removed.map((one) => ({ ...one, ending: endings.get(one.id) ?? "lost" })),
      });
    });
  }
  return alive;
}

/** Those of the environments whose webhook wants to know who is online. */
export async function environmentsToTell(
  context: Context,
  environments: ReadonlySet<EnvironmentId>,
): Promise<ReadonlySet<EnvironmentId>> {
  const asked = await Promise.all(
    [...environments].map(async (id) => ((await webhookSelects(context, id, EVENT)) ? [id] : [])),
  );
  return new Set(asked.flat());
}

interface MadeChanges {
  readonly added: readonly StoredConnection[];
  readonly removed: ReadonlyArray<EndedConnection & { readonly ending: Ending }>;
}

/** Records what these changes, already made in this transaction, mean for the users: only what differs before and after. */
export async function tellChanges(context: Context, run: Run, changes: MadeChanges): Promise<void> {
  const directory = environmentDirectory(context);
  const users = new Map<string, ChangedUser>();
  const of = ({ environmentId, userId }: PresentUser) => {
    const key = `${environmentId}/${userId}`;
    const known = users.get(key) ?? { environmentId, userId, added: [], removed: [] };
    users.set(key, known);
    return known;
  };
  for (const connection of changes.added) of(connection).added.push(connection);
  for (const connection of changes.removed) of(connection).removed.push(connection);
  const all = [...users.values()];
  if (all.length === 0) return;

  const counts = await countAlone(run, all);
  const events = all.flatMap((user, index) => turnOf(user, counts[index] ?? 0) ?? []);
  for (const [environmentId, mine] of byEnvironment(events, (event) => event.environmentId)) {
    const now = context.now() + directory.aheadMs(environmentId);
    const writes = webhookEventWrites(
      environmentId,
      now,
      mine.map(({ userId, status, connection }) =>
        connectionStatusEvent({
          userId,
          status,
          // The vendor's word on this wire.
          os: connection.platform === "Web" ? "Websocket" : connection.platform,
          ip: connection.ip,
          port: connection.port,
          connectionId: connection.id,
          time: now,
        }),
      ),
    );
    await runWrites(run, writes);
  }
}

interface ChangedUser extends PresentUser {
  readonly added: StoredConnection[];
  readonly removed: MadeChanges["removed"][number][];
}

interface Turn extends PresentUser {
  readonly status: "online" | "offline" | "logout";
  /** The connection that made it so. */
  readonly connection: Pick<StoredConnection, "id" | "platform" | "ip" | "port">;
}

/** Whether the user came or went with these changes; `after` is how many connections there are now. */
function turnOf({ environmentId, userId, added, removed }: ChangedUser, after: number): Turn | null {
  const before = after - added.length + removed.length;
  const first = added[0];
  const last = removed.at(-1);
  if (before <= 0 && after > 0 && first !== undefined) {
    return { environmentId, userId, status: "online", connection: first };
  }
  if (before > 0 && after === 0 && last !== undefined) {
    const status = last.ending === "logout" ? "logout" : "offline";
    return { environmentId, userId, status, connection: last };
  }
  return null;
}

function split(changes: PresenceChanges, told: ReadonlySet<EnvironmentId>): [PresenceChanges, PresenceChanges] {
  const part = (loud: boolean): PresenceChanges => ({
    added: changes.added.filter(({ environmentId }) => told.has(environmentId) === loud),
    removed: changes.removed.filter(({ environmentId }) => told.has(environmentId) === loud),
  });
  return [part(false), part(true)];
}
