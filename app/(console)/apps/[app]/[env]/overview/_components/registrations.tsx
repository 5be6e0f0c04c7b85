import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/components/ui/count-text";
import { Skeleton } from "@/components/ui/skeleton";
import { absoluteTime } from "@/components/ui/time-format";
import { type OverviewParams, overviewHref } from "../search-params";
import { type RegistrationDay, RegistrationsChart, RegistrationsTable } from "./registrations-chart";
import { RetryButton } from "./retry-button";
import { Segments } from "./segments";

interface RegistrationsProps {
  base: string;
  params: OverviewParams;
  days: readonly RegistrationDay[];
  /** When the numbers were counted. */
  asOf: Date;
  /** What the numbers leave out. */
  hint: string | null;
}

/** Registrations of the last days, as a chart or as a table. */
export function Registrations({ base, params, days, asOf, hint }: RegistrationsProps) {
  const total = days.reduce((sum, day) => sum + day.count, 0);
  const more = days.some((day) => day.capped) ? "+" : "";
  return (
    <Card aria-labelledby="registrations">
      <CardHeader
        id="registrations"
        title="Registrations"
        description={`${formatCount(total)}${more} in the last ${days.length} days`}
        action={
          <>
            <Segments
              label="Length of the chart"
              options={([7, 14] as const).map((length) => ({
                label: `${length} days`,
                href: overviewHref(base, { ...params, days: length }),
                current: params.days === length,
              }))}
            />
            <Segments
              label="Chart or table"
              options={(["chart", "table"] as const).map((view) => ({
                label: view === "chart" ? "Chart" : "Table",
                href: overviewHref(base, { ...params, view }),
                current: params.view === view,
              }))}
            />
          </>
        }
      />
      <CardBody>
        {params.view === "chart" ? <RegistrationsChart days={days} /> : <RegistrationsTable days={days} />}
      </CardBody>
      <CardFooter>
        <span>
          As of <time dateTime={asOf.toISOString()}>{absoluteTime(asOf)}</time>. Days are UTC. {hint}
        </span>
        <RetryButton label="Refresh" what="the overview" />
      </CardFooter>
    </Card>
  );
}

export function RegistrationsSkeleton() {
  return (
    <div className="rounded-lg border bg-surface p-4">
      <p className="font-semibold text-sm">Registrations</p>
      <Skeleton className="mt-6 h-[200px] w-full" />
      <Skeleton className="mt-6 h-5 w-40" />
    </div>
  );
}
