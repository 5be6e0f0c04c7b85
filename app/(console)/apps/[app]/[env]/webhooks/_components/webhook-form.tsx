"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { ReviewDialog } from "@/components/form/review-dialog";
import { SaveBar } from "@/components/form/save-bar";
import type { Scope } from "@/components/layout/quota-query";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { notify } from "@/components/ui/notify";
import { RelativeTime } from "@/components/ui/time";
import type { ActionError } from "@/lib/console/action-result";
import { WEBHOOK_NOTE_MAX, WEBHOOK_URL_MAX } from "@/lib/core/webhooks/facts";
import type { WebhookState } from "@/lib/core/webhooks/get-webhook";
import { saveWebhook } from "../actions";
import { EventChoices } from "./event-choices";
import { addressProblem, type WebhookChoice, webhookChanges } from "./webhook-changes";

interface Props {
  scope: Scope;
  environment: "development" | "production";
  state: WebhookState;
  mayChange: boolean;
  /** What goes with the saved address: below the card, above the bar. */
  children: ReactNode;
}

/** Address and events. Nothing is saved by a control: changes are reviewed and saved together, on their version. */
export function WebhookForm({ scope, environment, state, mayChange, children }: Props) {
  const router = useRouter();
  const [draft, setDraft] = useState<Partial<WebhookChoice>>({});
  const [savedVersion, setSavedVersion] = useState<number | null>(null);
  const [reviewing, setReviewing] = useState(false);
  /** What the server said against the address, until it is changed. */
  const [refusal, setRefusal] = useState<{ url: string; message: string } | null>(null);
  const [refreshing, startTransition] = useTransition();
  // The page shows what was saved: from here on the draft would only hide other people's changes.
  if (savedVersion !== null && state.version >= savedVersion) {
    setSavedVersion(null);
    setDraft({});
  }
  const chosen: WebhookChoice = { url: state.url, events: state.events, ...draft };
  const changes = webhookChanges(state, chosen);
  const dirty = changes.length > 0;
  const problem = addressProblem(chosen.url) ?? (refusal?.url === chosen.url ? refusal.message : undefined);
  // Somebody else has made the same changes meanwhile: there is nothing left to review.
  if (reviewing && !dirty) setReviewing(false);
  const reload = () => startTransition(() => router.refresh());
  const onRefused = (error: ActionError) => {
    if (error.field !== "url") return;
    setRefusal({ url: chosen.url, message: error.message });
    setReviewing(false);
  };
  const disabled = !mayChange || refreshing;
  return (
    <>
      <Card aria-labelledby="receiver">
        <CardHeader
          id="receiver"
          title="Receiver"
          description="One address per environment. If it doesn’t answer 200 within 5 seconds, the event is sent again, for up to 24 hours."
        />
        <CardBody className="flex flex-col gap-5">
          <Field
            label="Address"
            aside={chosen.url.trim() === state.url ? undefined : "Not saved"}
            hint="A public https:// or http:// address. Leave it empty to send nothing."
            error={problem}
          >
            <Input
              type="url"
              inputMode="url"
              value={chosen.url}
              disabled={disabled}
              maxLength={WEBHOOK_URL_MAX}
              placeholder="https://example.com/hooks/im"
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setDraft((before) => ({ ...before, url: event.target.value }))}
            />
          </Field>
          <EventChoices
            chosen={chosen.events}
            environment={environment}
            disabled={disabled}
            onChange={(events) => setDraft((before) => ({ ...before, events }))}
          />
          {chosen.url.trim() !== "" && chosen.events.length === 0 ? (
            <Alert>No events chosen. Only test pings will be sent.</Alert>
          ) : null}
        </CardBody>
        <CardFooter>
          {state.changed ? (
            <span>
              Changed by {state.changed.byName} <RelativeTime date={state.changed.at} />
            </span>
          ) : (
            <span>Not set. Nothing is sent.</span>
          )}
        </CardFooter>
      </Card>
      {children}
      <SaveBar changes={changes.length} saved={savedVersion !== null}>
        <Button disabled={refreshing} onClick={() => setDraft({})}>
          Discard
        </Button>
        <Button
          variant="primary"
          disabled={problem !== undefined}
          pending={refreshing}
          onClick={() => setReviewing(true)}
        >
          Review
        </Button>
      </SaveBar>
      <ReviewDialog
        open={reviewing}
        onClose={() => setReviewing(false)}
        environment={environment}
        changes={changes}
        noteMax={WEBHOOK_NOTE_MAX}
        onSave={(note) =>
          saveWebhook(scope, { version: state.version, url: chosen.url, events: [...chosen.events], note })
        }
        onRefused={onRefused}
        onSaved={({ version }) => {
          notify.success("Webhook saved.");
          setSavedVersion(version);
          reload();
        }}
        onReload={reload}
        onKeep={() => {
          setDraft({});
          reload();
        }}
        reloading={refreshing}
      />
    </>
  );
}
