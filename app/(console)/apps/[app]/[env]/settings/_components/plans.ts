import type { Plan } from "@/lib/core/actor";

export const PLANS: ReadonlyArray<{ value: Plan; label: string; description: string }> = [
  { value: "free", label: "Free", description: "Development only, with a limit of registered users." },
  { value: "starter", label: "Starter", description: "Opens Production without a limit of registered users." },
  { value: "pro", label: "Pro", description: "As Starter." },
];

export const planLabel = (plan: Plan) => PLANS.find((known) => known.value === plan)?.label ?? plan;

/** What changing from one plan to another does to Production. */
export function consequencesOf(from: Plan, to: Plan, hasProduction: boolean): string[] {
  if (from === "free" && to !== "free") {
    return hasProduction
      ? ["Production opens again with the App Key, App Secret, users and settings it had."]
      : [
          "Production opens with an App Key and App Secret of its own.",
          "Its settings start at their defaults; nothing is copied from Development.",
        ];
  }
  if (from !== "free" && to === "free") {
    return [
      "Production closes at once: its Server API and connections answer with code 1006.",
      "Its users, bans and settings are kept and are there again when the plan is raised.",
      "Development goes on as it is.",
    ];
  }
  return ["Production stays open; nothing else changes."];
}
