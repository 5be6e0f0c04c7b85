import type { ReactNode } from "react";
import { Frame } from "@/components/layout/frame";
import { entranceOf, type FrameApp } from "@/components/layout/frame-data";
import { readPage } from "@/lib/console/page";
import type { Operator } from "@/lib/core/actor";
import { listApps } from "@/lib/core/apps/list-apps";
import type { Context } from "@/lib/core/context";
import { env } from "@/lib/env";
import { signOut, signOutEverywhere } from "./actions";
import { NewSignIn } from "./new-sign-in";
import { RoomNotice } from "./room-notice";

interface InstallationFrameProps {
  context: Context;
  actor: Operator;
  /** Whose menu is shown, from its Development; absent: the installation's own. */
  appOf?: (apps: readonly FrameApp[]) => FrameApp | undefined;
  children: ReactNode;
}

/** Header and menu around what belongs to no environment that exists. */
export async function InstallationFrame({ context, actor, appOf, children }: InstallationFrameProps) {
  const apps = await readPage(() => listApps(context, actor));
  const app = appOf?.(apps);
  return (
    <Frame
      operator={actor}
      apps={apps}
      place={app === undefined ? null : entranceOf(app)}
      quota={null}
      apiUrl={env().PUBLIC_API_URL}
      signOut={signOut}
      signOutEverywhere={signOutEverywhere}
      notice={
        <>
          <NewSignIn />
          <RoomNotice context={context} actor={actor} />
        </>
      }
    >
      {children}
    </Frame>
  );
}
