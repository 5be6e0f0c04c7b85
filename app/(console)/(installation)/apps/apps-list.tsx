import { LayoutGrid } from "lucide-react";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { entranceOf, type FrameApp, placeBase, productionState } from "@/components/layout/frame-data";
import { Badge } from "@/components/ui/badge";
import { Id } from "@/components/ui/id";
import { Link } from "@/components/ui/link";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";

export interface AppRow extends FrameApp {
  readonly description: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

const NO_APPS = "There is none, or you have no role in any. An owner can give you one under Operators.";

const PLAN_WORDS = { free: "Free", starter: "Starter", pro: "Pro" } as const;

/** All apps; they are too few for pages and filters. */
interface AppsListGiven {
  readonly mayCreate: boolean;
}

export const appsList: ListDefinition<AppRow, object, AppsListGiven> = {
  defaults: {},
  pageHeading: {
    title: "Apps",
    description: "Each app has Development and Production. Nothing is shared between them or with other apps.",
  },
  caption: "Apps",
  row: ["app", "apps"],
  testId: "app-row",
  rowId: (app) => app.id,
  columns: [
    {
      id: "app",
      header: "App",
      rowHeader: true,
      className: "min-w-52 max-w-80",
      cell: (app) => (
        <span className="flex min-w-0 flex-col py-1.5">
          <Link
            href={`${placeBase(entranceOf(app))}/overview`}
            data-row-link
            className="truncate font-medium hover:underline"
          >
            {app.name}
          </Link>
          {app.expiresAt === null ? null : (
            <span className="text-warn-ink text-xs">
              Temporary, deleted with its data <RelativeTime date={app.expiresAt} />
            </span>
          )}
          {app.description ? <span className="truncate text-ink-faint text-xs">{app.description}</span> : null}
        </span>
      ),
    },
    {
      id: "environments",
      header: "Environments",
      cell: (app) => (
        <span className="flex items-center gap-1.5">
          {app.reached.includes("development") ? <EnvironmentLink app={app} environment="development" /> : null}
          {productionState(app) === "no-role" ? null : productionState(app) === "not-opened" ? (
            <span className="text-ink-faint text-xs">Production not opened</span>
          ) : (
            <EnvironmentLink app={app} environment="production" />
          )}
        </span>
      ),
    },
    { id: "plan", header: "Plan", cell: (app) => PLAN_WORDS[app.plan] },
    { id: "id", header: "ID", cell: (app) => <Id value={app.id} copyLabel={`Copy ID of ${app.name}`} /> },
    {
      id: "created",
      header: "Created",
      cell: (app) => <RelativeTime date={app.createdAt} className="text-ink-muted" />,
    },
  ],
  empty: (_query, { mayCreate }, primary) => (
    <EmptyState icon={LayoutGrid} title="No apps yet" actions={primary}>
      <p>{mayCreate ? "An app holds the users of one product and has its own keys." : NO_APPS}</p>
    </EmptyState>
  ),
};

function EnvironmentLink({ app, environment }: { app: AppRow; environment: "development" | "production" }) {
  const closed = environment === "production" && productionState(app) === "closed";
  return (
    <Link
      href={`${placeBase({ app, environment })}/overview`}
      aria-label={`${app.name}: ${environment === "production" ? "Production" : "Development"}${closed ? ", closed" : ""}`}
      className="rounded-full hover:underline"
    >
      <Badge tone={environment === "production" ? "danger" : "warn"}>
        {environment === "production" ? (closed ? "Production, closed" : "Production") : "Development"}
      </Badge>
    </Link>
  );
}
