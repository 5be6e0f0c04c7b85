import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { AbsoluteTime } from "@/components/ui/time";
import { type DailyFigures as Day, FIGURES } from "@/lib/core/overview/figures";
import { CHART_DAYS, type OverviewParams, overviewHref } from "../search-params";
import { DailyChart, DailyTable } from "./daily-chart";
import { change, FIGURE_WORDS } from "./figure-words";
import { RetryButton } from "./retry-button";
import { Segments } from "./segments";

interface DailyFiguresProps {
  base: string;
  params: OverviewParams;
  /** Twice as many as are shown: those before are compared with. */
  days: readonly Day[];
  /** When the numbers were counted. */
  asOf: Date;
  /** What the numbers leave out. */
  hint: string | null;
}

/** One figure of the last days as a chart, or all of them as a table. */
export function DailyFigures({ base, params, days, asOf, hint }: DailyFiguresProps) {
  const { figure } = params;
  const { title, summary } = FIGURE_WORDS[figure];
  const shown = days.slice(-params.days);
  const changed = change(days, figure);
  return (
    <Card aria-labelledby="daily-figures">
      <CardHeader
        id="daily-figures"
        title={title}
        description={changed === null ? summary(shown, figure) : `${summary(shown, figure)}, ${changed}`}
        action={
          <>
            <Segments
              label="Figure"
              options={FIGURES.map((one) => ({
                label: FIGURE_WORDS[one].title,
                href: overviewHref(base, { ...params, figure: one }),
                current: one === figure,
              }))}
            />
            <Segments
              label="Days"
              options={CHART_DAYS.map((length) => ({
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
        {params.view === "chart" ? <DailyChart days={shown} figure={figure} /> : <DailyTable days={shown} />}
      </CardBody>
      <CardFooter>
        <span>
          As of <AbsoluteTime date={asOf} />. Days are UTC.{" "}
          {figure === "registered" || params.view === "table" ? hint : null}
        </span>
        <RetryButton label="Refresh" what="the overview" />
      </CardFooter>
    </Card>
  );
}

export function DailyFiguresSkeleton() {
  return (
    <div className="rounded-lg border bg-surface p-4">
      <Skeleton className="h-5 w-32" />
      <Skeleton className="mt-6 h-[200px] w-full" />
      <Skeleton className="mt-6 h-5 w-40" />
    </div>
  );
}
