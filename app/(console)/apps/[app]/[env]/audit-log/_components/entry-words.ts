import { Bot, type LucideIcon, Server, Smartphone, User } from "lucide-react";
import { AUDIT_ACTIONS, type AuditAction } from "@/lib/core/audit/schema";

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
  job: "Jobs",
  settings: "Settings",
  webhook: "Webhooks",
  keys: "App Keys",
  app: "Apps",
  operator: "Operators",
  access: "Access",
};

/** "Changed the profile", from the words "changed the profile of" of a sentence. */
function actionLabel(action: AuditAction): string {
  const words = AUDIT_ACTIONS[action].replace(/ (of|in|for|as|to)$/, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The words of all actions. */
export const ACTION_LABELS = Object.fromEntries(
  (Object.keys(AUDIT_ACTIONS) as AuditAction[]).map((action) => [action, actionLabel(action)]),
) as Record<AuditAction, string>;

/** What an action is about: "Users". */
export function actionGroup(action: string): string {
  const area = action.slice(0, action.indexOf("."));
  return GROUPS[area] ?? area;
}
