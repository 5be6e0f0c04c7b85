import type { Metadata } from "next";
import { cookies } from "next/headers";
import { firstValues } from "@/components/data-table/list-url";
import { ENVIRONMENT_WORDS } from "@/components/layout/frame-data";
import { countText } from "@/components/ui/count-text";
import { Meter } from "@/components/ui/meter";
import { PageHeader } from "@/components/ui/page-header";
import { DayAgo } from "@/components/ui/time";
import { pageActor, readForPage, showForPage } from "@/lib/console/page";
import { listLatestActs } from "@/lib/core/audit/list-latest-acts";
import { listRunningJobs } from "@/lib/core/jobs/list-running-jobs";
import { getDailyFigures } from "@/lib/core/overview/get-daily-figures";
import { getFirstSteps } from "@/lib/core/overview/get-first-steps";
import {
  countBanned,
  countNewUsers,
  countOnlineNow,
  countRegistered,
  getBansEndingSoon,
} from "@/lib/core/overview/get-overview";
import { operatorMay } from "@/lib/core/permissions";
import { QUOTA_ALARM_AT, QUOTA_WARN_AT } from "@/lib/core/quota/schema";
import { listWaves } from "@/lib/core/waves/list-waves";
import { ActiveToday } from "./_components/active-today";
import { CountCard, CountCardSkeleton } from "./_components/count-card";
import { DailyFigures, DailyFiguresSkeleton } from "./_components/daily-figures";
import { EndingBans } from "./_components/ending-bans";
import { FirstSteps } from "./_components/first-steps";
import { FIRST_STEPS_COOKIE, FIRST_STEPS_HIDDEN } from "./_components/first-steps-cookie";
import { LatestEntries, ListSkeleton } from "./_components/latest-entries";
import { OnlineNow } from "./_components/online-now";
import { Region } from "./_components/region";
import { RegistrationWaves } from "./_components/registration-waves";
import { RunningJobs } from "./_components/running-jobs";
import { OverviewParamsSchema, overviewHref } from "./search-params";

interface Props {
  params: Promise<{ app: string; env: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: "Overview" };

const quotaTone = (share: number) => (share >= QUOTA_ALARM_AT ? "danger" : share >= QUOTA_WARN_AT ? "warn" : "accent");

export default async function OverviewPage({ params, searchParams }: Props) {
  const scope = await params;
  const { context, actor, environment, closed } = await pageActor(scope, "users.read");
  const query = OverviewParamsSchema.parse(firstValues(await searchParams));
  const hideSteps = (await cookies()).get(FIRST_STEPS_COOKIE)?.value === FIRST_STEPS_HIDDEN;
  const base = `/apps/${environment.appId}/${environment.name}`;
  const words = ENVIRONMENT_WORDS[environment.name];

  const dayBefore = () => new Date(context.now() - 86_400_000);

  // All reads start together. Each is a region of its own, which loads and fails alone.
  const waves = readForPage(actor, () => listWaves(context, actor));
  const registered = showForPage(context, actor, (shown) => countRegistered(shown, actor));
  const newUsers = showForPage(context, actor, async (shown) => ({
    ...(await countNewUsers(shown, actor)),
    since: dayBefore(),
  }));
  const online = readForPage(actor, () => countOnlineNow(context, actor));
  const week = readForPage(actor, () => getDailyFigures(context, actor, { days: 8 }));
  const banned = showForPage(context, actor, (shown) => countBanned(shown, actor));
  const ending = showForPage(context, actor, (shown) => getBansEndingSoon(shown, actor));
  const growth = readForPage(actor, async () => {
    const [counted, perDay] = await Promise.all([
      countRegistered(context, actor),
      getDailyFigures(context, actor, { days: 2 * query.days }),
    ]);
    // A chart of nothing says nothing: the first steps stand in its place.
    return counted.registered.count > 0 ? perDay : null;
  });
  // Until all are done or hidden; while nobody is registered there are no figures to show instead.
  const firstSteps = readForPage(actor, async () => {
    const steps = await getFirstSteps(context, actor);
    return !steps.userRegistered || (!hideSteps && Object.values(steps).includes(false)) ? steps : null;
  });
  const entries = showForPage(context, actor, (shown) => listLatestActs(shown, actor));
  const jobs = readForPage(actor, () => listRunningJobs(context, actor));

  return (
    <>
      <PageHeader title="Overview" description={`${environment.appName}, ${words.label}`} />
      <Region what="registration waves" data={waves} skeleton={null}>
        {(found) => (
          <RegistrationWaves
            base={base}
            waves={found}
            mayDelete={environment.name === "development" && operatorMay(actor, "users.delete_test")}
          />
        )}
      </Region>
      <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-5 max-lg:[&>:last-child]:col-span-2">
        <CountCard
          title="Registered users"
          href={`${base}/users`}
          data={registered}
          figure={({ registered: count, limit }) =>
            limit === null ? countText(count) : `${countText(count)} / ${limit}`
          }
          detail={({ registered: { count }, limit }) =>
            limit === null ? (
              "No limit in Production"
            ) : (
              <Meter
                label="Registered users of the development limit"
                value={count}
                max={limit}
                valueText={`${count} of ${limit}`}
                tone={quotaTone(count / limit)}
              />
            )
          }
        />
        <Region what="who is online" data={online} skeleton={<CountCardSkeleton title="Online now" />}>
          {(counted) => (
            <OnlineNow
              scope={{ app: environment.appId, env: environment.name }}
              href={`${base}/users?presence=online`}
              initial={counted}
            />
          )}
        </Region>
        <Region what="who was active" data={week} skeleton={<CountCardSkeleton title="Active today" />}>
          {({ days }) => <ActiveToday days={days} href={overviewHref(base, { ...query, figure: "active" })} />}
        </Region>
        <CountCard
          title="New in 24 hours"
          href={({ since }) => `${base}/users?from=${since.toISOString()}`}
          data={newUsers}
          figure={(counted) => countText(counted)}
          detail={({ since }) => (
            <>
              since <DayAgo date={since} />
            </>
          )}
        />
        <CountCard
          title="Banned now"
          href={`${base}/users?status=banned`}
          data={banned}
          figure={countText}
          detail={({ count }) => (count === 0 ? "Everyone can connect" : "can’t connect")}
        />
      </div>
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          <Region what="the first steps" data={firstSteps} skeleton={null}>
            {(steps) =>
              steps === null ? null : (
                <FirstSteps
                  app={environment.appId}
                  environment={environment.name}
                  role={actor.role}
                  closed={closed}
                  steps={steps}
                />
              )
            }
          </Region>
          <Region what="daily figures" data={growth} skeleton={<DailyFiguresSkeleton />}>
            {(perDay) =>
              perDay === null ? null : (
                <DailyFigures
                  base={base}
                  params={query}
                  days={perDay.days}
                  asOf={perDay.asOf}
                  hint={
                    environment.name === "development"
                      ? "Test users deleted on the day they were registered don’t count."
                      : null
                  }
                />
              )
            }
          </Region>
          <Region what="latest activity" data={entries} skeleton={<ListSkeleton title="Latest activity" rows={5} />}>
            {(acts) => <LatestEntries base={base} acts={acts} />}
          </Region>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Region what="bans" data={ending} skeleton={<ListSkeleton title="Bans ending next" rows={3} />}>
            {({ bans, count }) => <EndingBans base={base} bans={bans} more={count > bans.length} />}
          </Region>
          <Region what="running jobs" data={jobs} skeleton={<ListSkeleton title="Running jobs" rows={1} />}>
            {(running) => <RunningJobs base={base} jobs={running} />}
          </Region>
        </div>
      </div>
    </>
  );
}
