import type { Metadata } from "next";
import { unstable_rethrow } from "next/navigation";
import type { ReactNode } from "react";
import { ApiPlaceProvider } from "@/components/code/api-place";
import { KeptListsProvider } from "@/components/data-table/kept-lists";
import { Frame } from "@/components/layout/frame";
import { PicturesProvider } from "@/components/ui/avatar-image";
import { inTime } from "@/lib/console/in-time";
import { currentOperator, pageActor, readPage } from "@/lib/console/page";
import { consoleContext } from "@/lib/console/runtime";
import { listApps } from "@/lib/core/apps/list-apps";
import { namedEnvironment } from "@/lib/core/apps/named-environment";
import { getClock } from "@/lib/core/clock/get-clock";
import { operatorMay } from "@/lib/core/permissions";
import { getQuotaUse } from "@/lib/core/quota/get-quota";
import { getChosenColumns } from "@/lib/core/views/choose-columns";
import { env } from "@/lib/env";
import { signOut, signOutEverywhere } from "../../../_session/actions";
import { NewSignIn } from "../../../_session/new-sign-in";
import { RoomNotice } from "../../../_session/room-notice";
import { changeViewAction, chooseColumnsAction, deleteViewAction, saveViewAction } from "./_views/actions";
import { ClockBanner } from "./(development)/_clock/clock-banner";
import { ShownClock } from "./(development)/_clock/shown-clock";

const keptActions = {
  saveView: saveViewAction,
  changeView: changeViewAction,
  deleteView: deleteViewAction,
  chooseColumns: chooseColumnsAction,
};

interface Props {
  params: Promise<{ app: string; env: string }>;
  children: ReactNode;
}

/** "Users · DEV · Shop", and the environment's colour in the browser's tab. A stranger is told no app's name. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { app, env: name } = await params;
  const production = name === "production";
  const found = inTime(async () =>
    (await currentOperator()) === null ? null : namedEnvironment(await consoleContext(), app, name),
  );
  const environment = await found.catch((error: unknown) => {
    unstable_rethrow(error);
    // The page says what failed; a tab without the app's name must not take the frame away.
    return null;
  });
  const place = `${production ? "PROD" : "DEV"} · ${environment?.appName ?? "Console"}`;
  return {
    title: { template: `%s · ${place}`, default: place },
    icons: { icon: production ? "/icon-production.svg" : "/icon-development.svg" },
  };
}

export default async function EnvironmentLayout({ params, children }: Props) {
  const { context, actor, environment } = await pageActor(await params, "users.read");
  const [apps, quota, columns] = await readPage(() =>
    Promise.all([listApps(context, actor), getQuotaUse(context, actor), getChosenColumns(context, actor)]),
  );
  const app = apps.find((known) => known.id === environment.appId);
  const scope = { app: environment.appId, env: environment.name };
  const pictures = env().AVATARS ? `/api/apps/${scope.app}/${scope.env}/avatar` : null;
  const frame = (
    <PicturesProvider endpoint={pictures}>
      <Frame
        operator={actor}
        apps={apps}
        place={app ? { app, environment: environment.name } : null}
        quota={quota}
        apiUrl={env().PUBLIC_API_URL}
        signOut={signOut}
        signOutEverywhere={signOutEverywhere}
        notice={
          <>
            <NewSignIn />
            <RoomNotice context={context} actor={actor} />
            {environment.name === "development" ? (
              <ClockBanner scope={scope} mayMove={operatorMay(actor, "clock.move")} />
            ) : null}
          </>
        }
      >
        <ApiPlaceProvider apiUrl={env().PUBLIC_API_URL} appKey={environment.appKey}>
          <KeptListsProvider columns={columns} actions={keptActions}>
            {children}
          </KeptListsProvider>
        </ApiPlaceProvider>
      </Frame>
    </PicturesProvider>
  );
  if (environment.name !== "development") return frame;
  return (
    <ShownClock key={environment.appId} scope={scope} aheadMs={getClock(context, actor).aheadMs}>
      {frame}
    </ShownClock>
  );
}
