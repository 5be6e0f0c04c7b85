import type { BulkAct } from "@/lib/core/bulk/schema";

/** What a bulk act is called, and what is said about it before it is started. */
export interface BulkWords {
  /** Of the button: "Ban…". */
  readonly label: string;
  /** Of the question and its button, with "120 users" behind it. */
  readonly verb: string;
  /** "120 users will be banned." */
  readonly will: string;
  readonly effect: string;
  readonly undo: string;
  readonly tone: "danger" | "primary";
  /** What becomes of live connections; absent where the act has nothing to do with them. */
  readonly connections?: "close" | "stay";
}

export const BULK_WORDS: Readonly<Record<BulkAct["kind"], BulkWords>> = {
  ban: {
    label: "Ban…",
    verb: "Ban",
    will: "banned",
    effect: "They can’t connect until the ban ends.",
    undo: "You can undo the job: each user is then as before.",
    tone: "danger",
    connections: "close",
  },
  unban: {
    label: "Unban…",
    verb: "Unban",
    will: "unbanned",
    effect: "They can connect again at once.",
    undo: "You can undo the job: each ban then runs to its original end.",
    tone: "primary",
  },
  invalidate_tokens: {
    label: "Invalidate tokens…",
    verb: "Invalidate the tokens of",
    will: "affected",
    effect: "They can’t connect with access tokens issued before now.",
    undo: "This cannot be undone. Your app server must issue new tokens.",
    tone: "danger",
    connections: "stay",
  },
  restore: {
    label: "Restore…",
    verb: "Restore",
    will: "restored",
    effect: "The IDs can be used again, and group memberships apply again. Erased data stays erased.",
    undo: "Only your app server can soft-delete again.",
    tone: "primary",
  },
  add_tag: {
    label: "Tag…",
    verb: "Tag",
    will: "tagged",
    effect: "They keep their other tags.",
    undo: "You can undo the job.",
    tone: "primary",
  },
  remove_tag: {
    label: "Untag…",
    verb: "Untag",
    will: "untagged",
    effect: "They keep their other tags.",
    undo: "You can undo the job.",
    tone: "primary",
  },
  copy_data: {
    label: "Copy data…",
    verb: "Copy the data of",
    will: "copied",
    effect: "The job writes down everything stored about them. You can download it as JSON for 7 days.",
    undo: "It changes nothing. When a user is deleted, their copy goes too.",
    tone: "primary",
  },
  delete_test_users: {
    label: "Delete…",
    verb: "Delete",
    will: "deleted",
    effect: "Everything stored about them goes too, and so do the groups they own.",
    undo: "This cannot be undone.",
    tone: "danger",
    connections: "close",
  },
};
