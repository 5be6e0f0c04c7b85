import type { BusEvent } from "@/lib/bus/bus";
import { environmentDirectory } from "@/lib/core/apps/environment-directory";
import type { Context } from "@/lib/core/context";
import { recheckUsers } from "@/lib/core/presence/recheck-users";
import type { Connection } from "./connection";
import type { Hub } from "./hub";
import { CLOSINGS, type Closing } from "./protocol";

const BY_EVENT: Partial<Record<BusEvent["type"], Closing>> = {
  "users.banned": CLOSINGS.banned,
  "users.soft_deleted": CLOSINGS.soft_deleted,
  "users.deleted": CLOSINGS.deleted,
};

const RETRY_MS = 1_000;
/** Everybody is looked at this often anyway: a process that is killed between a ban and its event tells nobody. */
const RECHECK_MS = 60_000;

interface CutOffs {
  /** Looks at everybody connected now. Rejects when the database cannot be asked. */
  recheck(): Promise<void>;
  stop(): void;
}

/**
 * Ends connections whose users may not be connected any more, in this process, as events come. When events may have been
 * missed everybody is looked at again, as soon as the bus is back and the database answers; and once a minute anyway.
 */
export function startCutOffs(context: Context, hub: Hub): CutOffs {
  const directory = environmentDirectory(context);
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;
  let checking = false;
  let again = false;

  const cutAll = (connections: readonly Connection[], why: Closing) => {
    for (const connection of connections) connection.cut(why);
  };

  const recheck = async (connections: readonly Connection[]): Promise<void> => {
    for (const connection of connections) {
      // Known to the directory but after a change, so this waits for one look-up at most.
      const entry = await directory.find(connection.environment.appKey);
      if (entry !== null) connection.environment = entry.ref;
    }
    const cut = await recheckUsers(context, connections);
    for (const [connection, reason] of cut) connection.cut(CLOSINGS[reason]);
  };

  /** One at a time; a gap while it runs means once more. */
  const recheckAll = (): void => {
    if (checking) {
      again = true;
      return;
    }
    checking = true;
    clearTimeout(retry);
    recheck(hub.all()).then(
      () => {
        checking = false;
        if (again && !stopped) {
          again = false;
          recheckAll();
        }
      },
      (error: unknown) => {
        checking = false;
        context.log.warn({ err: error }, "gateway: connected users could not be checked; trying again");
        if (!stopped) retry = setTimeout(recheckAll, RETRY_MS);
      },
    );
  };

  const closeNamed = (event: BusEvent & { type: "connections.close" }) => {
    const named = event.connectionIds === null ? null : new Set(event.connectionIds);
    if (event.userIds === null) return cutAll(hub.inEnvironment(event.environmentId), CLOSINGS.closed_by_operator);
    for (const userId of event.userIds) {
      const connections = hub.of(event.environmentId, userId);
      cutAll(named === null ? connections : connections.filter(({ id }) => named.has(id)), CLOSINGS.closed_by_operator);
    }
  };

  /** Of two connections of one platform the older goes: the same one wherever it is decided. */
  const supersede = (event: BusEvent & { type: "connections.superseded" }) => {
    const older = hub
      .of(event.environmentId, event.userId)
      .filter(
        ({ id, platform, connectedAt }) =>
          platform === event.platform &&
          (connectedAt < event.connectedAt || (connectedAt === event.connectedAt && id < event.connectionId)),
      );
    cutAll(older, CLOSINGS.superseded);
  };

  const stopListening = context.bus.subscribe((event) => {
    const why = BY_EVENT[event.type];
    if (why !== undefined && "userIds" in event) {
      for (const userId of event.userIds ?? []) cutAll(hub.of(event.environmentId, userId), why);
    } else if (event.type === "connections.close") closeNamed(event);
    else if (event.type === "connections.superseded") supersede(event);
    else if (event.type === "environment.changed") {
      recheckSoon(hub.inEnvironment(event.environmentId));
    }
  });

  /** After the other listeners of this event, which forget what they knew of the environment. */
  const recheckSoon = (connections: readonly Connection[]) => {
    if (connections.length === 0) return;
    setImmediate(() => {
      recheck(connections).catch((error: unknown) => {
        context.log.warn({ err: error }, "gateway: an environment's users could not be checked; checking all");
        recheckAll();
      });
    });
  };

  const stopGaps = context.bus.onGap(() => {
    if (context.bus.connected()) recheckAll();
  });

  const timer = setInterval(recheckAll, RECHECK_MS);

  return {
    recheck: () => recheck(hub.all()),
    stop() {
      stopped = true;
      clearInterval(timer);
      clearTimeout(retry);
      stopListening();
      stopGaps();
    },
  };
}
