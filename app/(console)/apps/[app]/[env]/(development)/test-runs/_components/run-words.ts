import type { TestRunState, TestRunSummary } from "@/lib/core/test-runs/schema";

export const RUN_STATE_WORDS: Readonly<Record<TestRunState, string>> = {
  live: "Live",
  expired: "Expired",
  ended: "Ended",
};

export const RUN_STATE_TONES = { live: "ok", expired: "neutral", ended: "neutral" } as const;

/** How long a run may live from now, as the dialogs offer it: minutes and words. */
export const LIFE_CHOICES = [
  { value: "60", label: "1 hour" },
  { value: "120", label: "2 hours" },
  { value: "480", label: "8 hours" },
  { value: "1440", label: "1 day" },
  { value: "4320", label: "3 days" },
  { value: "10080", label: "7 days" },
] as const;
export type LifeChoice = (typeof LIFE_CHOICES)[number]["value"];

/** "24", "24 of 40 reserved": the seats that a run's users take of those that it may have. */
export function seatsText({ users, reserved, state }: Pick<TestRunSummary, "users" | "reserved" | "state">): string {
  return state === "live" && reserved > 0 ? `${users} of ${reserved} reserved` : String(users);
}

/** A number of seats as it was typed; NaN for what is none. An empty field reserves none. */
export const seatsTyped = (text: string): number => (text.trim() === "" ? 0 : Number(text));
