"use client";

import { CheckboxField } from "@/components/form/checkbox";
import { Code } from "@/components/ui/id";
import { WEBHOOK_EVENT_NAMES, WEBHOOK_EVENT_TYPES, type WebhookEventType } from "@/lib/core/webhooks/facts";

interface Props {
  chosen: readonly WebhookEventType[];
  environment: "development" | "production";
  disabled: boolean;
  onChange: (events: WebhookEventType[]) => void;
}

/** Only production has no threshold to reach. */
const noteOf = (event: WebhookEventType, environment: Props["environment"]) =>
  event === "quota:threshold" && environment === "production" ? " Never in Production, which has no limit." : "";

/** A tick box for each event, with what it tells. */
export function EventChoices({ chosen, environment, disabled, onChange }: Props) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-medium text-13">Events</legend>
      {WEBHOOK_EVENT_NAMES.map((event) => (
        <CheckboxField
          key={event}
          checked={chosen.includes(event)}
          disabled={disabled}
          onCheckedChange={(checked) =>
            onChange(WEBHOOK_EVENT_NAMES.filter((name) => (name === event ? checked === true : chosen.includes(name))))
          }
          label={<Code className="text-ink">{event}</Code>}
          hint={`${WEBHOOK_EVENT_TYPES[event]}${noteOf(event, environment)}`}
        />
      ))}
    </fieldset>
  );
}
