"use client";

import { Send } from "lucide-react";
import { useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import type { Scope } from "@/components/layout/quota-query";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/id";
import { Link } from "@/components/ui/link";
import type { PingOutcome } from "@/lib/core/webhooks/ping-webhook";
import { sendPing } from "../actions";

interface Props {
  scope: Scope;
  /** The saved address. */
  url: string;
  logHref: string;
  mayPing: boolean;
}

/** Sends a `webhook:ping` now and shows what the receiver made of it. */
export function TestPing({ scope, url, logHref, mayPing }: Props) {
  const ping = useAction(() => sendPing(scope));
  const [outcome, setOutcome] = useState<PingOutcome | null>(null);
  const send = async () => {
    const result = await ping.run(undefined);
    setOutcome(result.ok ? result.data : null);
  };
  return (
    <Card aria-labelledby="test-ping">
      <CardHeader
        id="test-ping"
        title="Test ping"
        description={
          url === ""
            ? "Save an address first."
            : "Sends webhook:ping to the saved address once, signed like every delivery."
        }
        action={
          <Button icon={Send} pending={ping.pending} disabled={!mayPing || url === ""} onClick={send}>
            Send test ping
          </Button>
        }
      />
      <CardBody className="flex flex-col gap-3 empty:hidden">
        {ping.error ? <ActionErrorAlert error={ping.error} title="Could not send the ping" /> : null}
        {outcome ? <Outcome outcome={outcome} logHref={logHref} /> : null}
      </CardBody>
    </Card>
  );
}

function Outcome({ outcome, logHref }: { outcome: PingOutcome; logHref: string }) {
  const { accepted, status, error, ms, answer, deliveryId } = outcome;
  return (
    <>
      <Alert
        tone={accepted ? "ok" : "danger"}
        role="status"
        title={accepted ? `Accepted with ${status} after ${ms} ms` : `Not accepted: ${error}`}
      >
        {accepted ? null : `It took ${ms} ms. `}
        <Link href={`${logHref}?delivery=${deliveryId}`} className="font-medium text-accent-ink hover:underline">
          See the delivery
        </Link>
      </Alert>
      {answer === "" ? null : <CodeBlock label="answer of the receiver" code={answer} />}
    </>
  );
}
