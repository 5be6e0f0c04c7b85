import type { Tone } from "@/components/ui/badge";
import type { DeliveryRow, DeliveryState, LastAnswer } from "@/lib/core/webhooks/delivery-schema";
import { PING_TYPE } from "@/lib/core/webhooks/facts";

export const STATES: Record<DeliveryState, { label: string; tone: Tone }> = {
  waiting: { label: "Waiting", tone: "neutral" },
  failing: { label: "Failing", tone: "warn" },
  delivered: { label: "Delivered", tone: "ok" },
  dead: { label: "Given up", tone: "danger" },
};

/** A ping is tried once, so there is nothing that could be given up. */
export function stateWords({ state, type }: Pick<DeliveryRow, "state" | "type">): { label: string; tone: Tone } {
  return state === "dead" && type === PING_TYPE ? { label: "Not accepted", tone: "danger" } : STATES[state];
}

/** "200", or why there was no answer. */
export function answerWords({ status, error }: LastAnswer): string {
  return status === null ? error : String(status);
}

/** What happens next, where that is no moment. */
export function nextWords({ state }: Pick<DeliveryRow, "state">): string {
  return state === "waiting" || state === "failing" ? "After an earlier event of this user" : "None";
}

export const isReplayable = ({ state, type }: Pick<DeliveryRow, "state" | "type">) =>
  type !== PING_TYPE && (state === "delivered" || state === "dead");
