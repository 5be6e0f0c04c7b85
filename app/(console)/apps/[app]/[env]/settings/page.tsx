import { LinkButton } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { Id } from "@/components/ui/id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { PageHeader } from "@/components/ui/page-header";
import { AbsoluteTime } from "@/components/ui/time";
import { pageActor, readPage } from "@/lib/console/page";
import { getAppKeys } from "@/lib/core/apps/get-app-keys";
import { operatorMay, whyNot } from "@/lib/core/permissions";
import { AppForm } from "./_components/app-form";
import { ChangePlan } from "./_components/change-plan";
import { DeleteApp } from "./_components/delete-app";
import { planLabel } from "./_components/plans";

export const metadata = { title: "App settings" };

interface Props {
  params: Promise<{ app: string; env: string }>;
}

export default async function AppSettingsPage({ params }: Props) {
  const scope = await params;
  const { context, actor, environment } = await pageActor(scope, "keys.read");
  const { app } = await readPage(() => getAppKeys(context, actor));
  const hasProduction = app.environments.includes("production");
  return (
    <div className="max-w-3xl">
      <PageHeader title="App settings" description="For both Development and Production." />
      <div className="flex flex-col gap-4">
        <AppForm
          appId={app.id}
          shown={{ name: app.name, description: app.description }}
          whyNot={whyNot(actor, "apps.change")}
        />
        <Card id="plan" aria-labelledby="plan-title" className="scroll-mt-20">
          <CardHeader
            id="plan-title"
            title="Plan"
            description="Starter and Pro open Production. Development has a user limit on every plan."
            action={
              <ChangePlan
                appId={app.id}
                appName={app.name}
                plan={app.plan}
                hasProduction={hasProduction}
                allowed={operatorMay(actor, "apps.change_plan")}
              />
            }
          />
          <CardBody>
            <KeyValueList
              items={[
                { key: "Plan", value: planLabel(app.plan) },
                {
                  key: "Production",
                  value: !hasProduction ? "Not open yet" : app.plan === "free" ? "Closed (data kept)" : "Open",
                },
                { key: "App ID", value: <Id value={app.id} copyLabel="Copy App ID" always /> },
                { key: "Created", value: <AbsoluteTime date={app.createdAt} /> },
              ]}
            />
            {operatorMay(actor, "apps.change_plan") ? null : (
              <p className="text-ink-faint text-xs">Changing the plan: {whyNot(actor, "apps.change_plan")}</p>
            )}
          </CardBody>
        </Card>
        <Card aria-labelledby="limits">
          <CardHeader
            id="limits"
            title="Limits"
            description="Limits of users, requests and connections, and how much is used."
            action={<LinkButton href={`/apps/${environment.appId}/${environment.name}/quotas`}>Quotas</LinkButton>}
          />
        </Card>
        <DeleteApp
          appId={app.id}
          appName={app.name}
          temporary={app.expiresAt !== null}
          whyNot={whyNot(actor, app.expiresAt === null ? "apps.delete" : "apps.create")}
        />
      </div>
    </div>
  );
}
