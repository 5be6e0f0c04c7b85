import type { Metadata } from "next";
import { firstValues } from "@/components/data-table/list-url";
import { ENVIRONMENT_WORDS } from "@/components/layout/frame-data";
import { Meter } from "@/components/ui/meter";
import { PageHeader } from "@/components/ui/page-header";
import { pageActor, readForPage } from "@/lib/console/page";
import { listAuditEntries } from "@/lib/core/audit/list-audit-entries";
import { listRunningJobs } from "@/lib/core/jobs/list-jobs";
import {
  countBanned,
  countNewUsers,
  countOnlineNow,
  countRegistered,
  getBansEndingSoon,
  getRegistrationsPerDay,
} from "@/lib/core/overview/get-overview";
import { QUOTA_ALARM_AT, QUOTA_WARN_AT } from "@/lib/core/quota/schema";
import { getWebhook } from "@/lib/core/webhooks/get-webhook";
import { env } from "@/lib/env";
import { CountCard, CountCardSkeleton, cappedText } from "./_components/count-card";
import { EndingBans } from "./_components/ending-bans";
import { FirstRun } from "./_components/first-run";
import { LatestEntries, ListSkeleton } from "./_components/latest-entries";
import { OnlineNow } from "./_components/online-now";
import { Region } from "./_components/region";
import { Registrations, RegistrationsSkeleton } from "./_components/registrations";
import { RunningJobs } from "./_components/running-jobs";
import { OverviewParamsSchema } from "./search-params";

interface Props {
  params: Promise<{ app: string; env: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export const metadata: Metadata = { title: "Overview" };

/** More than are shown, since the entries of one job share a line. */
const ENTRIES_READ = 100;

const quotaTone = (share: number) => (share >= QUOTA_ALARM_AT ? "danger" : share >= QUOTA_WARN_AT ? "warn" : "accent");

export default async function OverviewPage({ params, searchParams }: Props) {
  const scope = await params;
  const { context, actor, environment } = await pageActor(scope, "users.read");
  const query = OverviewParamsSchema.parse(firstValues(await searchParams));
  const base = `/apps/${environment.appId}/${environment.name}`;
  const words = ENVIRONMENT_WORDS[environment.name];

  const dayBefore = () => new Date(context.now() - 86_400_000);

  // All reads start together. Each is a region of its own, which loads and fails alone.
  const registered = readForPage(actor, () => countRegistered(context, actor));
  const newUsers = readForPage(actor, async () => ({ ...(await countNewUsers(context, actor)), since: dayBefore() }));
  const online = readForPage(actor, () => countOnlineNow(context, actor));
  const banned = readForPage(actor, () => countBanned(context, actor));
  const ending = readForPage(actor, () => getBansEndingSoon(context, actor));
  const growth = readForPage(actor, async () => {
    const [counted, perDay] = await Promise.all([
      countRegistered(context, actor),
      getRegistrationsPerDay(context, actor, { days: query.days }),
    ]);
    if (counted.registered.count > 0) return { ...perDay, firstRun: null };
    const [revealed, webhook] = await Promise.all([
      listAuditEntries(context, actor, { scope: "environment", action: "keys.secret_revealed", size: 1 }),
      getWebhook(context, actor),
    ]);
    const webhookSet = webhook.url !== "" && webhook.events.length > 0;
    return { ...perDay, firstRun: { secretRevealed: revealed.rows.length > 0, webhookSet } };
  });
  const entries = readForPage(actor, () =>
    listAuditEntries(context, actor, { scope: "environment", size: ENTRIES_READ }),
  );
  const jobs = readForPage(actor, () => listRunningJobs(context, actor));

  return (
    <>
      <PageHeader title="Overview" description={`${environment.appName}, ${words.label}`} />
      <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
        <CountCard
          title="Registered users"
          href={`${base}/users`}
          data={registered}
          figure={({ registered: count, limit }) =>
            limit === null ? cappedText(count) : `${cappedText(count)} / ${limit}`
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
        <CountCard
          title="New in 24 hours"
          href={({ since }) => `${base}/users?from=${since.toISOString()}`}
          data={newUsers}
          figure={(counted) => cappedText(counted)}
          detail={({ since }) => `since ${since.toISOString().slice(11, 16)} UTC yesterday`}
        />
        <CountCard
          title="Banned now"
          href={`${base}/users?status=banned`}
          data={banned}
          figure={cappedText}
          detail={({ count }) => (count === 0 ? "Everybody may connect" : "cannot connect until their ban ends")}
        />
      </div>
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-3">
        <div className="flex min-w-0 flex-col gap-4 lg:col-span-2">
          <Region what="registrations" data={growth} skeleton={<RegistrationsSkeleton />}>
            {({ days, asOf, firstRun }) =>
              firstRun === null ? (
                <Registrations
                  base={base}
                  params={query}
                  days={days}
                  asOf={asOf}
                  hint={environment.name === "development" ? "Deleted test users are not counted." : null}
                />
              ) : (
                <FirstRun
                  scope={{ app: environment.appId, env: environment.name }}
                  base={base}
                  appKey={environment.appKey}
                  apiUrl={env().PUBLIC_API_URL}
                  {...firstRun}
                />
              )
            }
          </Region>
          <Region what="latest activity" data={entries} skeleton={<ListSkeleton title="Latest activity" rows={5} />}>
            {({ rows, next }) => <LatestEntries base={base} entries={rows} more={next !== null} />}
          </Region>
        </div>
        <div className="flex min-w-0 flex-col gap-4">
          <Region what="bans" data={ending} skeleton={<ListSkeleton title="Bans that end next" rows={3} />}>
            {({ bans, count }) => <EndingBans base={base} bans={bans} more={count > bans.length} />}
          </Region>
          {environment.name === "development" ? (
            <Region what="running jobs" data={jobs} skeleton={<ListSkeleton title="Running jobs" rows={1} />}>
              {(running) => <RunningJobs base={base} jobs={running} />}
            </Region>
          ) : null}
        </div>
      </div>
    </>
  );
}
