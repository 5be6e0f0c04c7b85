import type { Metadata } from "next";
import type { ReactNode } from "react";
import { ApiPlaceProvider } from "@/components/code/api-place";
import { Frame } from "@/components/layout/frame";
import { pageActor, readPage } from "@/lib/console/page";
import { listApps } from "@/lib/core/apps/list-apps";
import { getQuotaUse } from "@/lib/core/quota/get-quota";
import { env } from "@/lib/env";
import { signOut, signOutEverywhere } from "../../../_session/actions";

interface Props {
  params: Promise<{ app: string; env: string }>;
  children: ReactNode;
}

/** "Users · DEV · Console", and the environment's colour in the browser's tab. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const production = (await params).env === "production";
  const short = production ? "PROD" : "DEV";
  return {
    title: { template: `%s · ${short} · Console`, default: `${short} · Console` },
    icons: { icon: production ? "/icon-production.svg" : "/icon-development.svg" },
  };
}

export default async function EnvironmentLayout({ params, children }: Props) {
  const { context, actor, environment } = await pageActor(await params, "users.read");
  const [apps, quota] = await readPage(() => Promise.all([listApps(context, actor), getQuotaUse(context, actor)]));
  const app = apps.find((known) => known.id === environment.appId);
  return (
    <Frame
      operator={actor}
      apps={apps}
      place={app ? { app, environment: environment.name } : null}
      quota={quota}
      apiUrl={env().PUBLIC_API_URL}
      signOut={signOut}
      signOutEverywhere={signOutEverywhere}
    >
      <ApiPlaceProvider apiUrl={env().PUBLIC_API_URL} appKey={environment.appKey}>
        {children}
      </ApiPlaceProvider>
    </Frame>
  );
}
