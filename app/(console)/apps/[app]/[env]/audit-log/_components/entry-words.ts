import { Bot, type LucideIcon, Server, Smartphone, User } from "lucide-react";
import type { AuditAction } from "@/lib/core/audit/schema";

export const ACTOR_KINDS = {
  operator: { label: "Operator", plural: "Operators", icon: User },
  app_server: { label: "App server", plural: "App servers", icon: Server },
  system: { label: "System", plural: "System", icon: Bot },
  app_user: { label: "User", plural: "Users", icon: Smartphone },
} as const satisfies Record<string, { label: string; plural: string; icon: LucideIcon }>;

export const TARGET_KINDS: Readonly<Record<string, string>> = {
  user: "User",
  environment: "Environment",
  app: "App",
  operator: "Operator",
  job: "Job",
  settings: "Settings",
  group: "Group",
  webhook: "Webhook",
  quota: "Quota",
};

const SOURCES: Readonly<Record<string, string>> = {
  server_api: "Server API",
  console: "Console",
  cli: "Command line",
  job: "Job",
  setup: "Set-up",
  client: "Client",
};

export const sourceWord = (source: string) => SOURCES[source] ?? source;

const GROUPS: Readonly<Record<string, string>> = {
  user: "Users",
  group: "Groups",
  friend: "Friends",
  blocklist: "Blocklists",
  job: "Jobs",
  list: "Lists",
  view: "Lists",
  token: "Tokens",
  settings: "Settings",
  quota: "Quotas",
  webhook: "Webhooks",
  keys: "App Keys",
  app: "Apps",
  operator: "Operators",
  access: "Access",
};

/** The words of all actions as they stand alone, without the sentence around them: the filter's choices. */
export const ACTION_LABELS: Readonly<Record<AuditAction, string>> = {
  "user.registered": "User registered",
  "user.updated": "Registered name or avatar changed",
  "user.profile_changed": "Hosted profile changed",
  "user.profile_cleared": "Hosted profile cleared",
  "user.tags_changed": "Tags changed",
  "user.note_added": "Note added",
  "user.note_changed": "Note changed",
  "user.note_deleted": "Note deleted",
  "user.banned": "User banned",
  "user.unbanned": "User unbanned",
  "user.ban_restored": "Ban put back",
  "user.tokens_invalidated": "Tokens invalidated",
  "user.connections_closed": "Connections closed",
  "user.test_token_issued": "Test token issued",
  "token.inspected": "Token inspected",
  "user.soft_deleted": "User soft-deleted",
  "user.restored": "User restored",
  "user.deleted": "Test user deleted",
  "user.direct_muted": "User muted",
  "user.direct_unmuted": "User unmuted",
  "group.created": "Group created",
  "group.dismissed": "Group dismissed",
  "group.joined": "Member joined",
  "group.left": "Member left",
  "group.member_changed": "Member’s nickname changed",
  "group.role_changed": "Member’s role changed",
  "group.alias_changed": "Group alias changed",
  "friend.added": "Friend added",
  "friend.requested": "Friend request sent",
  "friend.request_refused": "Friend request refused",
  "friend.removed": "Friends removed",
  "friend.all_removed": "All friends removed",
  "friend.permission_changed": "Level changed (who may add the user)",
  "friend.note_changed": "Friend note changed",
  "blocklist.added": "User blocked",
  "blocklist.removed": "User unblocked",
  "job.delete_test_users_started": "Deleting test users started",
  "job.started": "Job started",
  "job.cancelled": "Job cancelled",
  "job.retried": "Failed items of a job retried",
  "job.undone": "Job undone",
  "view.shared": "View shared",
  "view.changed": "Shared view changed",
  "view.deleted": "Shared view deleted",
  "list.exported": "List exported",
  "settings.changed": "Chat settings changed",
  "settings.reverted": "Chat settings reverted",
  "quota.user_limit_changed": "User limit changed",
  "webhook.changed": "Webhook changed",
  "webhook.delivery_replayed": "Delivery replayed",
  "webhook.dead_replayed": "Given-up deliveries replayed",
  "keys.secret_revealed": "App Secret revealed",
  "keys.secret_refreshed": "App Secret refreshed",
  "keys.test_call_sent": "Test call sent",
  "app.created": "App created",
  "app.changed": "App’s name or description changed",
  "app.deleted": "App deleted",
  "app.plan_changed": "Plan changed",
  "operator.created": "Operator created",
  "operator.invited": "Operator invited",
  "operator.invitation_accepted": "Invitation accepted",
  "operator.invitation_revoked": "Invitation revoked",
  "operator.role_changed": "Operator’s role changed",
  "operator.disabled": "Operator disabled",
  "operator.enabled": "Operator enabled",
  "operator.removed": "Operator removed",
  "operator.signed_in": "Signed in",
  "operator.sign_in_failed": "Sign-in failed",
  "operator.signed_out": "Signed out",
  "operator.signed_out_everywhere": "Signed out everywhere",
  "operator.password_changed": "Password changed",
  "operator.account_changed": "Operator’s name or e-mail changed",
  "operator.session_ended": "Session ended",
  "access.refused": "Access refused",
};

/** The area that an action belongs to: "Users". */
export function actionGroup(action: string): string {
  const area = action.slice(0, action.indexOf("."));
  return GROUPS[area] ?? area;
}
