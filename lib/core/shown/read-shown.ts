import { isReplicaAtFault } from "@/lib/db/replica";
import { type Actor, INSTALLATION, nameOf } from "../actor";
import { realNow } from "../clock/environment-time";
import type { Context } from "../context";
import { hasActedSince } from "./acted-store";

/**
 * Whoever has acted reads the primary for so long. More than what the replica may lack (5 s), the time from an audit entry to its
 * commit (15 s) and the differences between the clocks of two processes and the database (20 s) take together.
 */
export const READ_OWN_ACTS_MS = 60_000;

/** Actors live for a request: all that it reads comes from one place, so that a list and its newest row fit together. */
const onReplica = new WeakMap<Actor, Promise<boolean>>();

function mayUseReplica(context: Context, actor: Actor): Promise<boolean> {
  const decided = onReplica.get(actor);
  if (decided !== undefined) return decided;
  const environmentIds = [actor.environment?.id ?? INSTALLATION, INSTALLATION];
  const since = new Date(realNow(context) - READ_OWN_ACTS_MS);
  const deciding = hasActedSince(context.db.prisma, environmentIds, nameOf(actor).id, since).then((acted) => !acted);
  onReplica.set(actor, deciding);
  return deciding;
}

/**
 * Reads what a door only shows: from the replica where there is one that is fresh and the actor has not acted lately, and from the
 * primary in all other cases, also when the replica fails meanwhile (docs/decisions/0150-what-is-only-shown-is-read-from-the-replica.md).
 *
 * For lists, counts and exports of an environment. Never for what a change is decided by, or what tells whether one was made.
 * `read` must use the context that it is given, and may be run twice.
 */
export async function readShown<T>(context: Context, actor: Actor, read: (context: Context) => Promise<T>): Promise<T> {
  const { replica } = context;
  if (replica === undefined || !replica.state().usable) return read(context);
  if (!(await mayUseReplica(context, actor))) return read(context);
  try {
    return await replica.run((db) => read({ ...context, db, primary: context }));
  } catch (error) {
    if (!isReplicaAtFault(error)) throw error;
    context.log.info({ err: error, requestId: actor.requestId }, "replica: a read was answered by the primary");
    return read(context);
  }
}

/** Where presence is read: its tables are not written to the stream of changes, so that no standby has them. */
export const onPrimary = (context: Context): Context => context.primary ?? context;
