import { signedCurl } from "@/components/code/signed-curl";
import { EnvironmentBadge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock, Id } from "@/components/ui/id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { AbsoluteTime } from "@/components/ui/time";
import { pageActor, readPage } from "@/lib/console/page";
import { getAppKeys } from "@/lib/core/apps/get-app-keys";
import { operatorMay } from "@/lib/core/permissions";
import { env } from "@/lib/env";
import { AppSecret } from "./_components/app-secret";

export const metadata = { title: "App Keys" };

interface Props {
  params: Promise<{ app: string; env: string }>;
}

export default async function KeysPage({ params }: Props) {
  const scope = await params;
  const { context, actor, environment, closed } = await pageActor(scope, "keys.read");
  const keys = await readPage(() => getAppKeys(context, actor));
  const { app } = keys;
  const apiUrl = env().PUBLIC_API_URL;
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="App Keys"
        description="Your app server signs its requests with these. Never put the App Secret in an app that users install."
      />
      <div className="flex flex-col gap-4">
        <Card aria-labelledby="keys">
          <CardHeader id="keys" title={app.name} action={<EnvironmentBadge environment={environment.name} />} />
          <CardBody className="flex flex-col gap-4">
            <KeyValueList
              items={[
                { key: "App Key", value: <Id value={keys.appKey} copyLabel="Copy App Key" always /> },
                { key: "Server API", value: <Id value={apiUrl} copyLabel="Copy Server API address" always /> },
                { key: "App ID", value: <Id value={app.id} copyLabel="Copy App ID" always /> },
                { key: "Created", value: <AbsoluteTime date={keys.createdAt} /> },
              ]}
            />
            <AppSecret
              scope={{ app: scope.app, env: scope.env }}
              environment={environment.name}
              appName={app.name}
              refreshedAt={keys.secretRefreshedAt}
              mayReveal={operatorMay(actor, "keys.reveal") && !closed}
              mayRefresh={operatorMay(actor, "keys.refresh") && !closed}
              closed={closed}
            />
          </CardBody>
        </Card>
        <Card aria-labelledby="first-request">
          <CardHeader
            id="first-request"
            title="First request"
            description="Registers alice and prints her access token. Put your App Secret in the second line."
          />
          <CardBody>
            <CodeBlock
              label="signed request"
              code={signedCurl({
                apiUrl,
                appKey: keys.appKey,
                path: "/v4/auth/access-token/issue",
                body: { userId: "alice", name: "Alice" },
              })}
            />
          </CardBody>
        </Card>
      </div>
    </div>
  );
}
