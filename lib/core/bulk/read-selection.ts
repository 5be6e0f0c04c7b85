import { z } from "zod";
import type { EnvironmentId, EnvironmentRef } from "../actor";
import { type BanKeys, findBans } from "../bans/ban-list-store";
import { type BanSearch, searchBans } from "../bans/ban-search-store";
import { BanKeysSchema, banCondition } from "../bans/list-bans";
import type { BanFilter } from "../bans/list-schema";
import { prepareBanSearch } from "../bans/prepare-ban-search";
import type { Context } from "../context";
import { findDoneItems, type NewItem } from "../jobs/job-item-store";
import { cursorKey, type Place } from "../paging/cursor";
import { type DeletedUserKeys, findDeletedUsers } from "../soft-delete/deleted-user-list-store";
import { DeletedKeysSchema } from "../soft-delete/list-deleted-users";
import { RelevanceKeysSchema } from "../users/list-found-users";
import type { UserFilter } from "../users/list-schema";
import { prepareSearch } from "../users/prepare-search";
import type { RelevanceKeys, UserSearch } from "../users/search-group-store";
import { userCondition } from "../users/user-condition";
import { findUsers, type SortKeys } from "../users/user-list-store";
import { searchUsers } from "../users/user-search-store";
import { SortKeysSchema, sortKeysOf } from "../users/user-sort";
import type { JobSelection } from "./selection-schema";

/** Some of the users that a selection means, and the place behind the last of them; null: there are no more. */
export interface SelectedPart {
  readonly items: readonly NewItem[];
  /** Plain data, for the next call. */
  readonly place: unknown;
}

/** Reads a selection part by part in the order of its list, by keyset: `place` is what the call before gave, null at first. */
export function readSelection(
  context: Context,
  environment: EnvironmentRef,
  selection: JobSelection,
  place: unknown,
  limit: number,
): Promise<SelectedPart> {
  const db = context.db.prisma;
  const environmentId = environment.id;
  switch (selection.by) {
    case "users":
      return selection.filter.q === ""
        ? readUsers(context, environment, selection.filter, place, limit)
        : readFoundUsers(context, environment, selection.filter, place, limit);
    case "bans":
      return readBans(context, environmentId, selection.filter, place, limit);
    case "deleted":
      return part({
        keys: place === null ? null : DeletedKeysSchema.parse(place),
        limit,
        read: (from) => findDeletedUsers(db, environmentId, selection.filter.q, "id", from, limit),
        keysOf: ({ userId }): DeletedUserKeys => [0, userId],
      });
    case "job":
      return readDone(context, environmentId, selection.jobId, place, limit);
  }
}

interface PartOf<Row, Keys> {
  readonly keys: Keys | null;
  readonly limit: number;
  read(place: Place<Keys> | null): Promise<readonly Row[]>;
  keysOf(row: Row): Keys;
}

async function part<Row extends { readonly userId: string }, Keys>(of: PartOf<Row, Keys>): Promise<SelectedPart> {
  const rows = await of.read(of.keys === null ? null : { direction: "next", keys: of.keys });
  const last = rows.at(-1);
  return {
    items: rows.map(({ userId }) => ({ targetId: userId })),
    place: last === undefined || rows.length < of.limit ? null : of.keysOf(last),
  };
}

async function readUsers(
  context: Context,
  environment: EnvironmentRef,
  filter: UserFilter,
  place: unknown,
  limit: number,
): Promise<SelectedPart> {
  const condition = await userCondition(context, environment, filter);
  return part({
    keys: place === null ? null : SortKeysSchema.parse(place),
    limit,
    read: (from) => findUsers(context.db.prisma, environment.id, condition, "created", from, limit),
    keysOf: (row): SortKeys => sortKeysOf("created", row),
  });
}

const BanPlaceSchema = z.object({ search: z.custom<BanSearch>().nullable(), keys: BanKeysSchema });

/** Which users, operators and reasons a text means follows from the bans that there are: it is read once and kept with the place. */
async function readBans(
  context: Context,
  environmentId: EnvironmentId,
  filter: BanFilter,
  place: unknown,
  limit: number,
): Promise<SelectedPart> {
  const db = context.db.prisma;
  const condition = banCondition(filter, context.now());
  const before = place === null ? null : BanPlaceSchema.parse(place);
  const search =
    filter.q === "" ? null : (before?.search ?? (await prepareBanSearch(context, environmentId, condition, filter.q)));
  const found = await part({
    keys: before?.keys ?? null,
    limit,
    read: (from) =>
      search === null
        ? findBans(db, environmentId, condition, from, limit)
        : searchBans(db, environmentId, condition, search, from, limit),
    keysOf: (ban): BanKeys => [ban.endsAt.getTime(), String(ban.id)],
  });
  return found.place === null ? found : { ...found, place: { search, keys: found.place } };
}

const FoundPlaceSchema = z.object({ search: z.custom<UserSearch>(), keys: RelevanceKeysSchema });

/** The order of a search follows from how common its words are, which may change: it is read once and kept with the place. */
async function readFoundUsers(
  context: Context,
  environment: EnvironmentRef,
  filter: UserFilter,
  place: unknown,
  limit: number,
): Promise<SelectedPart> {
  const db = context.db.prisma;
  const condition = await userCondition(context, environment, filter);
  const before = place === null ? null : FoundPlaceSchema.parse(place);
  const search = before?.search ?? (await prepareSearch(db, environment.id, filter.q, condition));
  const found = await part({
    keys: before?.keys ?? null,
    limit,
    read: (from) => searchUsers(db, environment.id, search, condition, from, limit),
    keysOf: (row): RelevanceKeys => [row.group, row.key, row.userId],
  });
  return found.place === null ? found : { ...found, place: { search, keys: found.place } };
}

/** What another job has done, with what undoing it needs. */
async function readDone(
  context: Context,
  environmentId: EnvironmentId,
  jobId: string,
  place: unknown,
  limit: number,
): Promise<SelectedPart> {
  const after = place === null ? 0 : cursorKey.int.parse(place);
  const done = await findDoneItems(context.db.prisma, environmentId, jobId, after, limit);
  return {
    items: done.map(({ targetId, detail }) => ({ targetId, detail: detail ?? undefined })),
    place: done.length < limit ? null : (done.at(-1)?.position ?? null),
  };
}
