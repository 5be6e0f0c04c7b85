import type { Plan } from "@/lib/core/actor";

export const PLANS: ReadonlyArray<{ value: Plan; label: string; description: string }> = [
  { value: "free", label: "Free", description: "Development only, with a user limit." },
  { value: "starter", label: "Starter", description: "Development, and Production without a user limit." },
  { value: "pro", label: "Pro", description: "The same as Starter." },
];

export const planLabel = (plan: Plan) => PLANS.find((known) => known.value === plan)?.label ?? plan;

/** What changing from one plan to another does to Production. */
export function consequencesOf(from: Plan, to: Plan, hasProduction: boolean): string[] {
  if (from === "free" && to !== "free") {
    return hasProduction
      ? ["Production opens again with the App Key, App Secret, users and settings it had."]
      : [
          "Production opens with its own App Key and App Secret.",
          "Its settings start at their defaults. Nothing is copied from Development.",
        ];
  }
  if (from !== "free" && to === "free") {
    return [
      "Production closes at once. Its Server API and connections are refused with code 1006.",
      "Its users, bans and settings are kept. They’re back when you upgrade the plan.",
      "Development stays as it is.",
    ];
  }
  return ["Production stays open. Nothing else changes."];
}
