import { LoadError } from "@/components/layout/failures";
import { Hydrated } from "@/components/layout/hydrated";
import { Alert } from "@/components/ui/alert";
import { pageActor, readForPage } from "@/lib/console/page";
import { lowestRole, operatorMay } from "@/lib/core/permissions";
import { getWebhook } from "@/lib/core/webhooks/get-webhook";
import { getWebhookSigning } from "@/lib/core/webhooks/webhook-secret";
import { TestPing } from "../_components/test-ping";
import { VerifySnippet } from "../_components/verify-snippet";
import { WebhookForm } from "../_components/webhook-form";
import { WebhookSecret } from "../_components/webhook-secret";

interface Props {
  params: Promise<{ app: string; env: string }>;
}

export default async function ReceiverPage({ params }: Props) {
  const { app, env } = await params;
  const scope = { app, env };
  const { context, actor, environment, closed } = await pageActor(scope, "webhooks.read");
  const read = await readForPage(actor, async () => {
    const [state, signing] = await Promise.all([getWebhook(context, actor), getWebhookSigning(context, actor)]);
    return { state, signing };
  });
  if (!read.ok) {
    return (
      <>
        <Hydrated />
        <LoadError what="the webhook" error={read.error} />
      </>
    );
  }
  const { state, signing } = read.data;
  const mayChange = operatorMay(actor, "webhooks.change");
  const base = `/apps/${environment.appId}/${environment.name}`;
  return (
    <div className="flex max-w-3xl flex-col gap-4">
      <Hydrated />
      {mayChange ? null : (
        <Alert>
          Only the role {lowestRole("webhooks.change")} or higher can change the webhook; yours is {actor.role}. An
          owner can change it under Operators.
        </Alert>
      )}
      <WebhookForm scope={scope} environment={environment.name} state={state} mayChange={mayChange && !closed}>
        <TestPing
          scope={scope}
          url={state.url}
          logHref={`${base}/webhooks/deliveries`}
          mayPing={mayChange && !closed}
        />
        <WebhookSecret
          scope={scope}
          environment={environment.name}
          signing={signing}
          mayReveal={operatorMay(actor, "keys.reveal") && !closed}
          mayRotate={operatorMay(actor, "keys.refresh") && !closed && state.version > 0}
        />
        <VerifySnippet url={state.url} keysHref={`${base}/keys`} />
      </WebhookForm>
    </div>
  );
}
