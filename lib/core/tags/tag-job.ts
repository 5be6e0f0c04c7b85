import { z } from "zod";
import { type BulkKind, idsOf, plannedAtOf, registeredLater, sortOut, succeeded } from "../bulk/bulk-kind";
import { type BulkAct, type BulkActOf, BulkActSchema } from "../bulk/schema";
import type { PendingItem } from "../jobs/job-item-store";
import type { ClaimedJob } from "../jobs/unfinished-job-store";
import { lockRegisteredAndDeleted } from "../users/locked-users-store";
import { MAX_TAGS } from "./facts";
import { saveTags } from "./replace-tags-store";
import { tagsOf } from "./tag-store";

/** Where among a user's tags one stood that was removed: what putting it back needs. */
const PlaceSchema = z.object({ at: z.number().int() });
type Tags = readonly string[];

/** What a job makes of one user's tags; a text is why it leaves them alone. */
type Change = (tags: Tags, item: PendingItem) => { readonly tags: Tags; readonly at: number } | string;

const add =
  (tag: string): Change =>
  (tags, { detail }) => {
    if (tags.includes(tag)) return "tagged_already";
    if (tags.length >= MAX_TAGS) return "tags_full";
    const at = PlaceSchema.safeParse(detail).data?.at ?? tags.length;
    return { tags: tags.toSpliced(at, 0, tag), at };
  };

const remove =
  (tag: string): Change =>
  (tags) => {
    const at = tags.indexOf(tag);
    return at < 0 ? "not_tagged" : { tags: tags.toSpliced(at, 1), at };
  };

const whyNot = (change: ReturnType<Change>) => (typeof change === "string" ? change : null);

function tagJob<Kind extends "add_tag" | "remove_tag">(
  changeOf: (act: BulkActOf<"add_tag" | "remove_tag">) => Change,
): BulkKind<Kind> {
  return {
    batchSize: 500,
    judge: async (_context, _environment, act) => (user) => {
      if (user === undefined) return "user_not_found";
      if (user.softDeletedAt !== null) return "user_soft_deleted";
      return whyNot(changeOf(act)(user.tags, { position: 0, targetId: user.userId, detail: null }));
    },
    async carryOut({ tx, environment, job }, items) {
      const change = changeOf(tagActOf(job));
      const ids = idsOf(items);
      const users = new Map((await lockRegisteredAndDeleted(tx, environment.id, ids)).map((row) => [row.userId, row]));
      const before = await tagsOf(tx, environment.id, ids);
      const changes = new Map(items.map((item) => [item.targetId, change(before.get(item.targetId) ?? [], item)]));
      const { go, left } = sortOut(items, (userId) => {
        const user = users.get(userId);
        if (user === undefined) return "user_not_found";
        if (user.softDeletedAt !== null) return "user_soft_deleted";
        return registeredLater(user, plannedAtOf(job)) ?? whyNot(changes.get(userId) ?? "user_not_found");
      });
      const changed = go.flatMap((item) => {
        const made = changes.get(item.targetId);
        return made === undefined || typeof made === "string" ? [] : [{ item, userId: item.targetId, ...made }];
      });
      await saveTags(tx, environment.id, changed);
      return {
        result: [...left, ...changed.map(({ item, at }) => succeeded(item, { at }))],
        audit: changed.map(({ userId, tags }) => ({
          action: "user.tags_changed",
          target: { kind: "user", id: userId, name: users.get(userId)?.name },
          before: { tags: before.get(userId) ?? [] },
          after: { tags },
        })),
      };
    },
  };
}

function tagActOf(job: ClaimedJob): BulkActOf<"add_tag" | "remove_tag"> {
  const act: BulkAct = BulkActSchema.parse((job.params as { act?: unknown } | null)?.act);
  if (act.kind !== "add_tag" && act.kind !== "remove_tag") throw new Error(`the job ${job.id} changes no tags`);
  return act;
}

/** Gives each user a tag, behind the others; as the undo of a removal, where it stood. */
export const addTagJob = tagJob<"add_tag">(({ tag }) => add(tag));
/** Takes a tag from each user. */
export const removeTagJob = tagJob<"remove_tag">(({ tag }) => remove(tag));
