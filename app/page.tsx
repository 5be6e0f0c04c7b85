import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { entranceOf, LAST_PLACE_COOKIE, placeBase } from "@/components/layout/frame-data";
import { operatorPage, readPage } from "@/lib/console/page";
import { listApps } from "@/lib/core/apps/list-apps";

/** To the environment seen last in this browser, else the first app, else the list of apps. */
export default async function HomePage() {
  const { context, actor } = await operatorPage();
  const apps = await readPage(() => listApps(context, actor));
  const last = (await cookies()).get(LAST_PLACE_COOKIE)?.value;
  const places = apps.flatMap((app) => app.reached.map((environment) => `${placeBase({ app, environment })}/overview`));
  const first = apps[0];
  if (last !== undefined && places.includes(decodeURIComponent(last))) redirect(decodeURIComponent(last));
  redirect(first ? `${placeBase(entranceOf(first))}/overview` : "/apps");
}
