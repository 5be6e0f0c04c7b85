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
export function actionLabel(action: AuditAction): string {
  const words = AUDIT_ACTIONS[action].replace(/ (of|in|for|as|to)$/, "");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** All actions for a choice, grouped by what they are about. */
export function actionGroups(): { label: string; actions: AuditAction[] }[] {
  const groups = new Map<string, AuditAction[]>();
  for (const action of Object.keys(AUDIT_ACTIONS) as AuditAction[]) {
    const area = action.slice(0, action.indexOf("."));
    const label = GROUPS[area] ?? area;
    groups.set(label, [...(groups.get(label) ?? []), action]);
  }
  return [...groups].map(([label, actions]) => ({ label, actions }));
}
