import { signedCurl } from "@/components/code/signed-curl";
import { EnvironmentBadge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Code, CodeBlock, Id } from "@/components/ui/id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { AbsoluteTime } from "@/components/ui/time";
import { pageActor, readPage } from "@/lib/console/page";
import { getAppKeys } from "@/lib/core/apps/get-app-keys";
import { roleMay } from "@/lib/core/permissions";
import { getQuotaUse } from "@/lib/core/quota/get-quota";
import { env } from "@/lib/env";
import { ENDPOINTS } from "@/lib/server-api/endpoints";
import { AppSecret } from "./_components/app-secret";
import { ChangePlan } from "./_components/change-plan";
import { planLabel } from "./_components/plans";

export const metadata = { title: "App Keys" };

interface Props {
  params: Promise<{ app: string; env: string }>;
}

/** The endpoints by their limit, the highest first. */
function limitGroups(): Array<{ limit: number; paths: string[] }> {
  const limits = [...new Set(ENDPOINTS.map((endpoint) => endpoint.limit))].sort((a, b) => b - a);
  return limits.map((limit) => ({
    limit,
    paths: ENDPOINTS.filter((endpoint) => endpoint.limit === limit).map((endpoint) => endpoint.path),
  }));
}

export default async function KeysPage({ params }: Props) {
  const scope = await params;
  const { context, actor, environment, closed } = await pageActor(scope, "keys.read");
  const [keys, quota] = await readPage(() => Promise.all([getAppKeys(context, actor), getQuotaUse(context, actor)]));
  const { app } = keys;
  const apiUrl = env().PUBLIC_API_URL;
  return (
    <div className="max-w-3xl">
      <PageHeader
        title="App Keys"
        description="With these an app server signs its requests. Never put the App Secret into an app that users install."
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
              mayReveal={roleMay(actor.role, "keys.reveal") && !closed}
              mayRefresh={roleMay(actor.role, "keys.refresh") && !closed}
              closed={closed}
            />
          </CardBody>
        </Card>
        <Card aria-labelledby="plan" className="scroll-mt-20">
          <CardHeader
            id="plan"
            title="Plan"
            description="Starter and Pro open Production. Development has 100 registered users on every plan."
            action={
              <ChangePlan
                appId={app.id}
                appName={app.name}
                plan={app.plan}
                hasProduction={app.environments.includes("production")}
                allowed={roleMay(actor.role, "apps.change_plan")}
              />
            }
          />
          <CardBody>
            <KeyValueList
              items={[
                { key: "Plan", value: planLabel(app.plan) },
                {
                  key: "Production",
                  value: !app.environments.includes("production")
                    ? "Not opened yet"
                    : app.plan === "free"
                      ? "Closed; its data is kept"
                      : "Open",
                },
              ]}
            />
            {roleMay(actor.role, "apps.change_plan") ? null : (
              <p className="text-ink-faint text-xs">Changing the plan needs the role owner; yours is {actor.role}.</p>
            )}
          </CardBody>
        </Card>
        <Card aria-labelledby="limits">
          <CardHeader
            id="limits"
            title="Limits"
            description="Per App Key and endpoint. Over them the Server API answers HTTP 429 with code 1008."
          />
          <CardBody>
            <KeyValueList
              items={[
                {
                  key: "Registered users",
                  value: quota ? `${quota.used} of ${quota.limit}` : "No limit",
                },
                ...limitGroups().map(({ limit, paths }) => ({
                  key: `${limit} requests a second`,
                  value: (
                    <ul className="flex flex-wrap gap-x-2 gap-y-1">
                      {paths.map((path) => (
                        <li key={path}>
                          <Code>{path}</Code>
                        </li>
                      ))}
                    </ul>
                  ),
                })),
                {
                  key: "Deletion of test users",
                  value: environment.name === "development" ? "Available" : "Does not exist in production",
                },
              ]}
            />
          </CardBody>
        </Card>
        <Card aria-labelledby="first-request">
          <CardHeader
            id="first-request"
            title="First request"
            description="Registers alice and prints her access token. Put your App Secret into the second line."
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
