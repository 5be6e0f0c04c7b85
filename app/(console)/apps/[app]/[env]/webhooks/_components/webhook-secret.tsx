"use client";

import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { RadioGroup } from "@/components/form/radio-group";
import { SecretField } from "@/components/form/secret-field";
import { useAction } from "@/components/form/use-action";
import type { Scope } from "@/components/layout/quota-query";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import { RelativeTime } from "@/components/ui/time";
import { lowestRole } from "@/lib/core/permissions";
import { SECRET_OVERLAP_HOURS } from "@/lib/core/webhooks/facts";
import type { WebhookSigning } from "@/lib/core/webhooks/webhook-secret";
import { revealSecret, rotateSecret } from "../actions";

interface Props {
  scope: Scope;
  environment: "development" | "production";
  signing: WebhookSigning;
  mayReveal: boolean;
  mayRotate: boolean;
}

type Hours = (typeof SECRET_OVERLAP_HOURS)[number];

const OVERLAPS: Record<Hours, string> = {
  0: "Stop now: it was leaked",
  1: "1 hour",
  24: "1 day",
  168: "7 days",
};

/** Hidden until asked for; each reveal is written into the audit log. */
export function WebhookSecret({ scope, environment, signing, mayReveal, mayRotate }: Props) {
  const router = useRouter();
  const [secret, setSecret] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [overlap, setOverlap] = useState<Hours>(24);
  const opener = useRef<HTMLButtonElement>(null);
  const reveal = useAction((_: null) => revealSecret(scope));
  const show = async () => {
    const result = await reveal.run(null);
    if (result.ok) setSecret(result.data.webhookSecret);
  };
  const { secretNumber, secretRotatedAt, previousSecretUntil } = signing;
  return (
    <Card aria-labelledby="webhook-secret">
      <CardHeader
        id="webhook-secret"
        title="Webhook secret"
        description="Signs the body and time of each delivery. Only your receiver needs it."
      />
      <CardBody className="flex flex-col gap-3">
        <SecretField
          label="Webhook secret"
          name="webhook secret"
          secret={secret}
          mayReveal={mayReveal}
          pending={reveal.pending}
          onReveal={() => void show()}
          onHide={() => setSecret(null)}
        >
          <Button
            ref={opener}
            icon={RotateCw}
            variant="danger-quiet"
            disabled={!mayRotate}
            onClick={() => setAsking(true)}
          >
            Rotate webhook secret…
          </Button>
        </SecretField>
        <p className="text-ink-faint text-xs">
          {mayReveal
            ? "The audit log records each reveal."
            : `The role ${lowestRole("keys.reveal")} or higher can reveal and rotate it.`}
          {secretRotatedAt === null ? null : (
            <>
              {" "}
              Last rotated <RelativeTime real date={secretRotatedAt} />.
            </>
          )}
        </p>
        <ActionErrorAlert error={reveal.error} title="Could not reveal the webhook secret" />
        {previousSecretUntil !== null ? (
          <Alert role="status" title="Two secrets sign deliveries">
            The previous secret stops <RelativeTime real date={previousSecretUntil} />. Your receiver can use either
            until then.
          </Alert>
        ) : null}
        <ConfirmDialog
          open={asking}
          onClose={() => setAsking(false)}
          returnFocusTo={opener}
          title="Rotate the webhook secret?"
          environment={environment}
          effect="Deliveries are signed with a new secret at once."
          consequences={["The App Secret stays the same, and so does the signature in the query."]}
          undo="This cannot be undone."
          confirmLabel="Rotate webhook secret"
          onConfirm={() => rotateSecret(scope, { secretNumber, overlapHours: overlap })}
          onDone={(data) => {
            setSecret(data.webhookSecret);
            notify.success("Webhook secret rotated.");
            router.refresh();
          }}
        >
          <RadioGroup
            label="The current secret also signs for"
            value={String(overlap)}
            onValueChange={(value) => setOverlap(Number(value) as Hours)}
            options={SECRET_OVERLAP_HOURS.map((hours) => ({ value: String(hours), label: OVERLAPS[hours] }))}
          />
        </ConfirmDialog>
      </CardBody>
    </Card>
  );
}
