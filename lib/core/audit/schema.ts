import { z } from "zod";
import type { Actor } from "../actor";

/** The published list of audited actions and the words of their sentences: "Ana *banned* alice". */
export const AUDIT_ACTIONS = {
  "user.registered": "registered",
  "user.updated": "changed the registered name or avatar of",
  "user.profile_changed": "changed the hosted profile of",
  "user.profile_cleared": "cleared the hosted profile of",
  "user.tags_changed": "changed the tags of",
  "user.note_added": "added a note on",
  "user.note_changed": "changed a note on",
  "user.note_deleted": "deleted a note on",
  "user.banned": "banned",
  "user.unbanned": "unbanned",
  "user.ban_restored": "put back the ban of",
  "user.tokens_invalidated": "invalidated the tokens of",
  "user.connections_closed": "closed connections of",
  "token.inspected": "inspected a token of",
  "user.test_token_issued": "issued a test token for",
  "user.soft_deleted": "soft-deleted",
  "user.restored": "restored",
  "user.deleted": "deleted",
  "group.created": "created the group",
  "group.dismissed": "dismissed the group",
  "group.joined": "started the group membership of",
  "group.left": "ended the group membership of",
  "group.member_changed": "changed the group nickname of",
  "group.role_changed": "changed the group role of",
  "group.alias_changed": "changed the group alias of",
  "user.direct_muted": "muted",
  "user.direct_unmuted": "unmuted",
  "friend.added": "added a friend to",
  "friend.requested": "sent a friend request for",
  "friend.request_refused": "refused a friend request to",
  "friend.removed": "removed friends of",
  "friend.all_removed": "removed all friends of",
  "friend.permission_changed": "changed who may befriend",
  "friend.note_changed": "changed a friend note of",
  "blocklist.added": "blocked users for",
  "blocklist.removed": "unblocked users for",
  "job.delete_test_users_started": "started deleting test users in",
  "job.started": "started",
  "job.cancelled": "cancelled",
  "job.retried": "retried what had failed of",
  "job.undone": "undid",
  "view.shared": "shared a view of",
  "view.changed": "changed a shared view of",
  "view.deleted": "deleted a shared view of",
  "list.exported": "exported a list of",
  "settings.changed": "changed the chat settings of",
  "settings.reverted": "reverted a change of the chat settings of",
  "quota.user_limit_changed": "changed the user limit of",
  "webhook.changed": "changed the webhook of",
  "webhook.delivery_replayed": "replayed a webhook delivery of",
  "webhook.dead_replayed": "replayed the given up webhook deliveries of",
  "keys.secret_revealed": "revealed the App Secret of",
  "keys.secret_refreshed": "refreshed the App Secret of",
  "keys.test_call_sent": "sent a test call to the Server API of",
  "app.created": "created the app",
  "app.changed": "changed the name or description of the app",
  "app.deleted": "deleted the app",
  "app.plan_changed": "changed the plan of",
  "operator.created": "created the operator",
  "operator.invited": "invited",
  "operator.invitation_accepted": "accepted the invitation of",
  "operator.invitation_revoked": "revoked the invitation of",
  "operator.role_changed": "changed the role of",
  "operator.disabled": "disabled",
  "operator.enabled": "enabled",
  "operator.removed": "removed the operator",
  "operator.account_changed": "changed the name or e-mail of",
  "operator.session_ended": "ended a session of",
  "operator.signed_in": "signed in",
  "operator.sign_in_failed": "failed to sign in as",
  "operator.signed_out": "signed out",
  "operator.signed_out_everywhere": "signed out everywhere",
  "operator.token_created": "created a token for",
  "operator.token_revoked": "revoked a token of",
  "operator.password_changed": "changed the password of",
  "access.refused": "was refused access to",
} as const;

export type AuditAction = keyof typeof AUDIT_ACTIONS;

/**
 * What app servers and app users do by the thousand: recorded only when an operator, the command line or a job does it
 * (docs/decisions/0004-what-the-audit-log-records.md).
 */
const NOT_RECORDED_OF_APPS: ReadonlySet<AuditAction> = new Set<AuditAction>([
  "user.registered",
  "user.profile_changed",
  "user.profile_cleared",
  "user.tags_changed",
  "group.created",
  "group.dismissed",
  "group.joined",
  "group.left",
  "group.member_changed",
  "group.role_changed",
  "group.alias_changed",
  "friend.added",
  "friend.requested",
  "friend.request_refused",
  "friend.removed",
  "friend.all_removed",
  "friend.permission_changed",
  "friend.note_changed",
  "blocklist.added",
  "blocklist.removed",
]);

/** Whether an act of this kind is written to the audit log when this kind of actor does it. */
export function isRecorded(action: AuditAction, actor: Actor["kind"]): boolean {
  return actor === "operator" || actor === "system" || !NOT_RECORDED_OF_APPS.has(action);
}

export const AuditActionSchema = z.enum(Object.keys(AUDIT_ACTIONS) as [AuditAction, ...AuditAction[]]);

export const AUDIT_TARGET_KINDS = [
  "user",
  "environment",
  "app",
  "operator",
  "job",
  "settings",
  "group",
  "webhook",
  "quota",
] as const;
export type AuditTargetKind = (typeof AUDIT_TARGET_KINDS)[number];
