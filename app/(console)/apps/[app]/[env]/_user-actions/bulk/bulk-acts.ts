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
}

export const BULK_WORDS: Readonly<Record<BulkAct["kind"], BulkWords>> = {
  ban: {
    label: "Ban…",
    verb: "Ban",
    will: "banned",
    effect: "They cannot connect until the ban ends, and open connections are closed.",
    undo: "The job can be undone: each user is then as before.",
    tone: "danger",
  },
  unban: {
    label: "Unban…",
    verb: "Unban",
    will: "unbanned",
    effect: "They can connect again at once.",
    undo: "The job can be undone: each ban then runs on to its former end.",
    tone: "primary",
  },
  invalidate_tokens: {
    label: "Invalidate tokens…",
    verb: "Invalidate the tokens of",
    will: "affected",
    effect: "Access tokens issued before now are refused at the next connect. Open connections stay.",
    undo: "This cannot be undone: an invalidated token never works again.",
    tone: "danger",
  },
  restore: {
    label: "Restore…",
    verb: "Restore",
    will: "restored",
    effect: "The IDs can be used again. What was erased does not come back; kept group memberships apply again.",
    undo: "Only your app server can soft-delete again.",
    tone: "primary",
  },
  add_tag: {
    label: "Tag…",
    verb: "Tag",
    will: "tagged",
    effect: "The tag is added to those that each user has.",
    undo: "The job can be undone.",
    tone: "primary",
  },
  remove_tag: {
    label: "Untag…",
    verb: "Untag",
    will: "untagged",
    effect: "The tag is removed; the others stay.",
    undo: "The job can be undone.",
    tone: "primary",
  },
  delete_test_users: {
    label: "Delete…",
    verb: "Delete",
    will: "deleted",
    effect: "They are gone with everything that is stored of them, and so are the groups that they own.",
    undo: "This cannot be undone.",
    tone: "danger",
  },
};
