import type { ReactNode } from "react";
import { Frame } from "@/components/layout/frame";
import { installationPage, readPage } from "@/lib/console/page";
import { listApps } from "@/lib/core/apps/list-apps";
import { env } from "@/lib/env";
import { signOut, signOutEverywhere } from "../_session/actions";

/** The frame of pages that belong to no environment: apps, operators, account. */
export default async function InstallationLayout({ children }: { children: ReactNode }) {
  const { context, actor } = await installationPage("users.read");
  const apps = await readPage(() => listApps(context, actor));
  return (
    <Frame
      operator={actor}
      apps={apps}
      place={null}
      quota={null}
      apiUrl={env().PUBLIC_API_URL}
      signOut={signOut}
      signOutEverywhere={signOutEverywhere}
    >
      {children}
    </Frame>
  );
}
