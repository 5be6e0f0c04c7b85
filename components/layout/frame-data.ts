import type { EnvironmentName, HeldRoles, OperatorRole, Plan } from "@/lib/core/actor";

/** Who is signed in, as the frame shows it. */
export interface FrameOperator {
  readonly operatorId: string;
  readonly name: string;
  readonly email: string;
  /** Where they stand. */
  readonly role: OperatorRole;
  readonly holds: HeldRoles;
}

/** One app in the switcher, with the environments that exist. */
export interface FrameApp {
  readonly id: string;
  readonly name: string;
  readonly plan: Plan;
  readonly environments: readonly EnvironmentName[];
  /** Those of them that are there for the operator: at least one. */
  readonly reached: readonly EnvironmentName[];
}

/** Where the operator stands; null on the installation's own pages (apps, operators, account). */
export interface FramePlace {
  readonly app: FrameApp;
  readonly environment: EnvironmentName;
}

export const ROLE_WORDS: Record<OperatorRole, { label: string; may: string }> = {
  owner: { label: "Owner", may: "Everything, including operators and plans" },
  admin: { label: "Admin", may: "Users, bans, deletion of test users, settings, keys" },
  support: { label: "Support", may: "See everything, ban and unban, invalidate tokens" },
  viewer: { label: "Viewer", may: "See everything, change nothing" },
  guest: { label: "Guest", may: "Only what an owner gives them, app by app" },
};

export const ENVIRONMENT_WORDS: Record<EnvironmentName, { label: string; short: "DEV" | "PROD" }> = {
  development: { label: "Development", short: "DEV" },
  production: { label: "Production", short: "PROD" },
};

/** Whether production can be entered and used. */
export function productionState(app: FrameApp): "open" | "not-opened" | "closed" | "no-role" {
  if (!app.environments.includes("production")) return "not-opened";
  if (!app.reached.includes("production")) return "no-role";
  return app.plan === "free" ? "closed" : "open";
}

/** Where a link to an app leads: to its Development, for whom that is there. */
export const entranceOf = (app: FrameApp): { readonly app: FrameApp; readonly environment: EnvironmentName } => ({
  app,
  environment: app.reached.includes("development") ? "development" : "production",
});

export function placeBase(place: { app: { id: string }; environment: EnvironmentName }): string {
  return `/apps/${place.app.id}/${place.environment}`;
}

/** Holds the path that "/" leads to next time. */
export const LAST_PLACE_COOKIE = "console-last-place";

/** The colour of its dot. */
export const ENVIRONMENT_DOT: Record<EnvironmentName, string> = {
  development: "bg-development",
  production: "bg-production",
};
