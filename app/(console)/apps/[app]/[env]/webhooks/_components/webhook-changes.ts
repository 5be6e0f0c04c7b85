import type { ReviewedChange } from "@/components/form/changes-table";
import { WEBHOOK_EVENT_NAMES, type WebhookEventType, webhookUrlProblem } from "@/lib/core/webhooks/facts";

/** What an operator chooses. */
export interface WebhookChoice {
  readonly url: string;
  readonly events: readonly WebhookEventType[];
}

const addressWords = (url: string) => (url === "" ? "None (nothing is sent)" : url);

/** What of the choice differs from what is saved: the address, then each event that is added or taken away. */
export function webhookChanges(saved: WebhookChoice, chosen: WebhookChoice): ReviewedChange[] {
  const changes: ReviewedChange[] = [];
  const url = chosen.url.trim();
  if (url !== saved.url) changes.push({ label: "Address", now: addressWords(saved.url), next: addressWords(url) });
  for (const event of WEBHOOK_EVENT_NAMES) {
    const [before, after] = [saved.events.includes(event), chosen.events.includes(event)];
    if (before !== after)
      changes.push({ label: event, now: before ? "Sent" : "Not sent", next: after ? "Sent" : "Not sent" });
  }
  return changes;
}

/** Why the address cannot be saved, as far as the browser can tell; undefined when it can. */
export function addressProblem(url: string): string | undefined {
  return url.trim() === "" ? undefined : webhookUrlProblem(url.trim());
}
