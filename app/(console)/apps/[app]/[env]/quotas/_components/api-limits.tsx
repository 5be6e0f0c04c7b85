"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { Fragment, useState } from "react";
import { fetchJson } from "@/components/failure/fetch-json";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Alert } from "@/components/ui/alert";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { formatCount, plural } from "@/components/ui/count-text";
import type { EndpointUse } from "@/lib/core/quota/get-api-use";
import { busiest, type EndpointLimit, limitsText, limitText, type UsedEndpoint, usedEndpoint } from "./api-use";

interface ApiUse {
  readonly now: number;
  readonly endpoints: readonly EndpointUse[];
}

interface ApiLimitsProps {
  groups: ReadonlyArray<{ readonly name: string; readonly endpoints: readonly EndpointLimit[] }>;
  initial: ApiUse;
  /** False: this installation counts no requests. */
  limited: boolean;
}

const POLL_MS = 10_000;

/** The limits of the Server API by group, how much of them is used just now, and what was refused in the last day. */
export function ApiLimits({ groups, initial, limited }: ApiLimitsProps) {
  const { scope } = useEnvironmentScope();
  const { data, isError } = useQuery({
    queryKey: ["quota", "api-use", scope.app, scope.env],
    queryFn: ({ signal }) => fetchJson<ApiUse>(`/api/apps/${scope.app}/${scope.env}/quota/api-use`, signal),
    initialData: initial,
    refetchInterval: POLL_MS,
  });
  const uses = new Map(data.endpoints.map((use) => [use.endpoint, use]));
  const rows = groups.map(({ name, endpoints }) => ({
    name,
    endpoints: endpoints.map((endpoint) => usedEndpoint(endpoint, uses.get(endpoint.path), data.now)),
  }));
  const refused = rows.flatMap(({ endpoints }) => endpoints).reduce((sum, endpoint) => sum + endpoint.refused, 0);
  return (
    <Card aria-labelledby="api-limits">
      <CardHeader
        id="api-limits"
        title="Server API"
        description="Per endpoint, for this App Key. Requests over the limit get HTTP 429 with code 1008. These limits are fixed: the server SDKs expect them."
      />
      <CardBody className="flex flex-col gap-3 text-13">
        {limited ? null : (
          <Alert tone="warn" title="Limits are off">
            This installation runs with RATE_LIMITS=off. It neither counts nor refuses requests.
          </Alert>
        )}
        <p className="text-ink-muted">
          {refused === 0
            ? "No requests refused in the last 24 hours."
            : `${plural(refused, "request")} refused in the last 24 hours.`}
          {isError ? " The console isn’t answering." : ""}
        </p>
        <section aria-label="Limits by endpoint" className="overflow-x-auto">
          <table className="w-full min-w-[34rem]">
            <caption className="sr-only">Limits of the Server API</caption>
            <thead>
              <tr className="border-b text-left text-ink-muted">
                <th scope="col" className="py-2 pr-3 font-normal">
                  Endpoints
                </th>
                <th scope="col" className="py-2 pr-3 font-normal">
                  Limit
                </th>
                <th scope="col" className="py-2 pr-3 font-normal">
                  Used now
                </th>
                <th scope="col" className="py-2 pr-2 text-right font-normal">
                  Refused, 24 h
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <GroupRows key={row.name} {...row} />
              ))}
            </tbody>
          </table>
        </section>
      </CardBody>
    </Card>
  );
}

function GroupRows({ name, endpoints }: { name: string; endpoints: readonly UsedEndpoint[] }) {
  const [open, setOpen] = useState(false);
  const most = busiest(endpoints);
  const refused = endpoints.reduce((sum, endpoint) => sum + endpoint.refused, 0);
  return (
    <Fragment>
      <tr className="border-b">
        <th scope="row" className="py-1.5 pr-3 text-left font-normal">
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="flex min-h-6 items-center gap-1 rounded-sm font-medium hover:underline"
          >
            <ChevronRight aria-hidden className={cn("size-4 text-ink-faint", open && "rotate-90")} />
            {name}
            <span className="font-normal text-ink-faint">{endpoints.length}</span>
          </button>
        </th>
        <td className="py-1.5 pr-3 text-ink-muted">{limitsText(endpoints)}</td>
        <td className="py-1.5 pr-3 text-ink-muted tabular-nums">{most === undefined ? "None" : usageText(most)}</td>
        <td className="py-1.5 pr-2 text-right tabular-nums">{refusedText(refused)}</td>
      </tr>
      {open
        ? endpoints.map((endpoint) => (
            <tr key={endpoint.path} className="border-b bg-sunken">
              <th scope="row" className="py-1.5 pr-3 pl-5 text-left font-normal">
                <code className="text-[0.92em]">{endpoint.path}</code>
              </th>
              <td className="py-1.5 pr-3 text-ink-muted">{limitText(endpoint)}</td>
              <td className="py-1.5 pr-3 text-ink-muted tabular-nums">
                {endpoint.used === 0 ? "None" : usageText(endpoint)}
              </td>
              <td className="py-1.5 pr-2 text-right tabular-nums">{refusedText(endpoint.refused)}</td>
            </tr>
          ))
        : null}
    </Fragment>
  );
}

const usageText = ({ used, limit }: UsedEndpoint) => `${formatCount(used)} of ${formatCount(limit)}`;

function refusedText(count: number) {
  return <span className={count === 0 ? "text-ink-faint" : "font-medium text-warn-ink"}>{formatCount(count)}</span>;
}
