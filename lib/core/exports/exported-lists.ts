import type { Actor } from "../actor";
import { listAuditEntries } from "../audit/list-audit-entries";
import type { AuditRow } from "../audit/list-schema";
import { listBans } from "../bans/list-bans";
import type { BanRow } from "../bans/list-schema";
import type { Context } from "../context";
import { listGroups } from "../groups/list-groups";
import type { GroupRow } from "../groups/list-schema";
import type { Page } from "../paging/page-size";
import { listDeletedUsers } from "../soft-delete/list-deleted-users";
import type { DeletedUserRow } from "../soft-delete/list-schema";
import type { UserRow } from "../users/list-schema";
import { listUsers } from "../users/list-users";
import type { DeliveryRow } from "../webhooks/delivery-schema";
import { listDeliveries } from "../webhooks/list-deliveries";
import type { ExportedList } from "./schema";

/** What a column holds of one row. */
type Value = string | number | boolean | Date | null | Readonly<Record<string, unknown>>;

interface Exported<Row> {
  /** The list's own use case, with its permission and its filters as the list's address spells them. */
  readonly read: (context: Context, actor: Actor, query: Record<string, string>) => Promise<Page<Row>>;
  /** Names as in the Server API where it has them: whoever reads the file need not learn others. */
  readonly columns: Readonly<Record<string, (row: Row) => Value>>;
}

const userColumns: Exported<UserRow>["columns"] = {
  userId: (user) => user.userId,
  name: (user) => user.name,
  avatarUrl: (user) => user.avatarUrl,
  status: (user) => user.status,
  bannedUntil: (user) => user.bannedUntil,
  connections: (user) => user.connections,
  friends: (user) => user.friendCount,
  createdAt: (user) => user.createdAt,
  lastSeenAt: (user) => user.lastSeenAt,
  softDeletedAt: (user) => user.softDeletedAt,
};

const banColumns: Exported<BanRow>["columns"] = {
  userId: (ban) => ban.userId,
  name: (ban) => ban.userName,
  state: (ban) => ban.state,
  reason: (ban) => ban.reason,
  bannedBy: (ban) => ban.by.name,
  startsAt: (ban) => ban.startsAt,
  endsAt: (ban) => ban.endsAt,
  durationMinutes: (ban) => ban.minutes,
  liftedAt: (ban) => ban.lifted?.at ?? null,
  liftedBy: (ban) => ban.lifted?.by.name ?? null,
};

const deletedUserColumns: Exported<DeletedUserRow>["columns"] = {
  userId: (user) => user.userId,
  softDeletedAt: (user) => user.deletion.at,
  deletedBy: (user) => user.deletion.by?.name ?? null,
  restorableFrom: (user) => user.deletion.restorableFrom,
};

const groupColumns: Exported<GroupRow>["columns"] = {
  channelId: (group) => group.groupId,
  name: (group) => group.name,
  ownerId: (group) => group.ownerId,
  ownerName: (group) => group.ownerName,
  members: (group) => group.memberCount,
  createdAt: (group) => group.createdAt,
};

const auditColumns: Exported<AuditRow>["columns"] = {
  id: (entry) => entry.id,
  at: (entry) => entry.at,
  actorKind: (entry) => entry.actor.kind,
  actorId: (entry) => entry.actor.id,
  actorName: (entry) => entry.actor.name,
  action: (entry) => entry.action,
  targetKind: (entry) => entry.target.kind,
  targetId: (entry) => entry.target.id,
  targetName: (entry) => entry.target.name,
  before: (entry) => entry.before,
  after: (entry) => entry.after,
  result: (entry) => entry.result,
  source: (entry) => entry.source,
  ip: (entry) => entry.ip,
  requestId: (entry) => entry.requestId,
};

const deliveryColumns: Exported<DeliveryRow>["columns"] = {
  id: (delivery) => delivery.id,
  eventId: (delivery) => delivery.eventId,
  type: (delivery) => delivery.type,
  userId: (delivery) => delivery.userId,
  state: (delivery) => delivery.state,
  attempts: (delivery) => delivery.attempts,
  lastStatus: (delivery) => delivery.lastAnswer?.status ?? null,
  lastError: (delivery) => delivery.lastAnswer?.error ?? null,
  createdAt: (delivery) => delivery.createdAt,
  nextTryAt: (delivery) => delivery.nextTryAt,
  deliveredAt: (delivery) => delivery.deliveredAt,
  givenUpAt: (delivery) => delivery.deadAt,
};

/** One page of a list as it is exported: the columns' values, row by row. */
export interface ExportedPage {
  readonly rows: ReadonlyArray<readonly Value[]>;
  readonly next: string | null;
  readonly previous: string | null;
}

interface Source {
  readonly columns: readonly string[];
  read(context: Context, actor: Actor, query: Record<string, string>): Promise<ExportedPage>;
}

function source<Row>({ read, columns }: Exported<Row>): Source {
  const values = Object.values(columns);
  return {
    columns: Object.keys(columns),
    async read(context, actor, query) {
      const { rows, next, previous } = await read(context, actor, query);
      return { rows: rows.map((row) => values.map((value) => value(row))), next, previous };
    },
  };
}

export const EXPORTS: Readonly<Record<ExportedList, Source>> = {
  users: source<UserRow>({ read: listUsers as Exported<UserRow>["read"], columns: userColumns }),
  bans: source<BanRow>({ read: listBans as Exported<BanRow>["read"], columns: banColumns }),
  "deleted-users": source<DeletedUserRow>({
    read: listDeletedUsers as Exported<DeletedUserRow>["read"],
    columns: deletedUserColumns,
  }),
  groups: source<GroupRow>({ read: listGroups as Exported<GroupRow>["read"], columns: groupColumns }),
  "audit-log": source<AuditRow>({ read: listAuditEntries as Exported<AuditRow>["read"], columns: auditColumns }),
  deliveries: source<DeliveryRow>({ read: listDeliveries as Exported<DeliveryRow>["read"], columns: deliveryColumns }),
};
