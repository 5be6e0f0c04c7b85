import { type Actor, environmentOf } from "../actor";
import { countNewerAuditEntries } from "../audit/count-newer-audit-entries";
import { auditedEnvironment } from "../audit/list-audit-entries";
import { AuditFilterSchema } from "../audit/list-schema";
import { countNewerBans } from "../bans/list-bans";
import { BanListQuerySchema } from "../bans/list-schema";
import type { Context } from "../context";
import type { CappedCount } from "../paging/page-size";
import { type Permission, requirePermission } from "../permissions";
import { countNewerDeletedUsers } from "../soft-delete/list-deleted-users";
import { countNewerUsers } from "../users/count-users";
import { countNewerDeliveries } from "../webhooks/list-deliveries";
import { newestAuditEntry, newestBan, newestDeletion, newestDelivery, newestRegistration } from "./newest-store";
import { type NewerList, NewerSchema } from "./schema";

type Query = Readonly<Record<string, string>>;

interface Watched {
  readonly permission: Permission;
  /** Where the newest row is, whatever the filters say. */
  readonly newest: (context: Context, actor: Actor, query: Query) => Promise<Date | bigint | null>;
  /** How many rows under the filters of the list's address have come after that, up to 100. */
  readonly count: (context: Context, actor: Actor, query: Query, after: string) => Promise<CappedCount>;
}

const WATCHED: Readonly<Record<NewerList, Watched>> = {
  users: {
    permission: "users.read",
    newest: ({ db }, actor) => newestRegistration(db.prisma, environmentOf(actor).id),
    count: countNewerUsers,
  },
  bans: {
    permission: "users.read",
    // A ban ends when its time comes: what has ended since then is new among the ended.
    newest: async ({ db, now }, actor, query) =>
      BanListQuerySchema.parse(query).tab === "ended" ? new Date(now()) : newestBan(db.prisma, environmentOf(actor).id),
    count: countNewerBans,
  },
  "deleted-users": {
    permission: "users.read",
    newest: ({ db }, actor) => newestDeletion(db.prisma, environmentOf(actor).id),
    count: countNewerDeletedUsers,
  },
  "audit-log": {
    permission: "audit.read",
    newest: ({ db }, actor, query) =>
      newestAuditEntry(db.prisma, auditedEnvironment(actor, AuditFilterSchema.parse(query).scope)),
    count: (context, actor, query, after) => countNewerAuditEntries(context, actor, { ...query, after }),
  },
  deliveries: {
    permission: "webhooks.read",
    newest: ({ db }, actor) => newestDelivery(db.prisma, environmentOf(actor).id),
    count: countNewerDeliveries,
  },
};

/** Where the newest row of a list is now, to be handed to `countNewer`. Read it before the list: then no row is missed. */
export async function markNewest(context: Context, actor: Actor, list: NewerList, query: object): Promise<string> {
  const { permission, newest } = WATCHED[list];
  requirePermission(actor, permission);
  const mark = await newest(context, actor, query as Query);
  return mark === null ? "0" : mark instanceof Date ? String(mark.getTime()) : String(mark);
}

/**
 * How many rows have come since `after` that a list would show under the filters of its address, up to 100 ("3 new users. Show"):
 * a range at the end of one index.
 */
export async function countNewer(
  context: Context,
  actor: Actor,
  input: Query & { list: string; after: string },
): Promise<CappedCount> {
  const { list, after } = NewerSchema.parse(input);
  const { list: _list, after: _after, ...query } = input;
  return WATCHED[list].count(context, actor, query, after);
}
