"use client";

import { LogIn } from "lucide-react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { leave } from "@/components/form/unsaved";
import { useAction } from "@/components/form/use-action";
import { beginAtIssuer } from "@/components/operators/issuer";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { linkSingleSignOn } from "../actions";

/** Has an account at the issuer sign the operator in as well. `failure`: why the last try has linked nothing. */
export function LinkIssuer({ issuer, failure }: { issuer: string; failure: string | null }) {
  const linking = useAction(async (_: null) => {
    const asked = await linkSingleSignOn();
    return asked.ok ? beginAtIssuer("/account", { link: asked.data.ticket }) : asked;
  });
  const start = async () => {
    const begun = await linking.run(null);
    if (begun.ok) leave(() => window.location.assign(begun.data.url));
  };
  return (
    <Card aria-labelledby="issuer">
      <CardHeader
        id="issuer"
        title="Single sign-on"
        description={`Link your account at ${issuer}, and it signs you in, too.`}
        action={
          <Button icon={LogIn} pending={linking.pending} onClick={() => void start()}>
            Link {issuer}
          </Button>
        }
      />
      {failure === null && linking.error === null ? null : (
        <CardBody>
          <ActionErrorAlert error={linking.error} />
          {failure === null ? null : (
            <Alert tone="danger" role="alert">
              {failure}
            </Alert>
          )}
        </CardBody>
      )}
    </Card>
  );
}
