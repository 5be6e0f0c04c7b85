"use client";

import { useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import type { TestedMail } from "@/lib/core/mail/send-test-mail";
import { sendTestMail } from "../actions";

/** How the installation sends e-mail, and what the server says to a test. */
export function MailServer({ server, from }: { server: string; from: string }) {
  const test = useAction((_: null) => sendTestMail());
  const [tested, setTested] = useState<TestedMail | null>(null);
  return (
    <Card aria-labelledby="mail-server" className="mt-6">
      <CardHeader
        id="mail-server"
        title="E-mail"
        description={`Sent by ${server}, from ${from}.`}
        action={
          <Button
            pending={test.pending}
            onClick={() => void test.run(null).then((result) => setTested(result.ok ? result.data : null))}
          >
            Send a test e-mail
          </Button>
        }
      />
      {tested === null && test.error === null ? null : (
        <CardBody>
          <ActionErrorAlert error={test.error} />
          {tested === null ? null : (
            <Alert
              role="status"
              tone={tested.taken ? "ok" : "danger"}
              title={
                tested.taken ? `The server took the e-mail to ${tested.to}.` : "The server didn’t take the e-mail."
              }
            >
              {tested.answer}
            </Alert>
          )}
        </CardBody>
      )}
    </Card>
  );
}
