"use client";

import { CalendarPlus, TestTubes, Trash2 } from "lucide-react";
import { useRef, useState } from "react";
import { BackCrumb } from "@/components/data-table/back-crumb";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Hydrated } from "@/components/layout/hydrated";
import { Badge, EnvironmentBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/count-text";
import { Id } from "@/components/ui/id";
import { onIntent } from "@/components/ui/on-intent";
import { RelativeTime } from "@/components/ui/time";
import type { TestRunSummary } from "@/lib/core/test-runs/schema";
import { RUN_STATE_TONES, RUN_STATE_WORDS } from "../../_components/run-words";

const EndRunDialog = onIntent(() => import("./end-run-dialog").then((part) => part.EndRunDialog));
const ExtendRunDialog = onIntent(() => import("./extend-run-dialog").then((part) => part.ExtendRunDialog));

/** Which run it is, how it stands, and what can be done with it as a whole. */
export function RunHeader({ run }: { run: TestRunSummary }) {
  const { base, environment, whyNot } = useEnvironmentScope();
  const [dialog, setDialog] = useState<"extend" | "end" | null>(null);
  const extend = useRef<HTMLButtonElement>(null);
  const end = useRef<HTMLButtonElement>(null);
  const live = run.state === "live";
  const left = run.users + run.softDeleted;
  const noExtend = whyNot("test_runs.start") ?? (live ? null : "The run is over.");
  const noEnd = whyNot("test_runs.end") ?? (live || left > 0 ? null : "The run is over, and its users are gone.");
  const noRole = whyNot("test_runs.start");
  return (
    <header className="flex flex-col gap-4">
      <Hydrated />
      <BackCrumb list={{ label: "Test runs", href: `${base}/test-runs` }} label={run.id} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="flex min-w-0 items-center gap-4">
          <span className="flex size-12 shrink-0 items-center justify-center rounded-lg border bg-sunken text-ink-muted">
            <TestTubes aria-hidden className="size-6" />
          </span>
          <div className="flex min-w-0 flex-col gap-1">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h1 className="font-semibold text-title [overflow-wrap:anywhere]">{run.label || run.id}</h1>
              <Badge tone={RUN_STATE_TONES[run.state]}>{RUN_STATE_WORDS[run.state]}</Badge>
              <EnvironmentBadge environment={environment} />
            </div>
            <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13 text-ink-muted">
              <Id value={run.id} copyLabel={`Copy ID ${run.id}`} className="text-ink" />
              <span>{plural(run.users, "user")}</span>
              <span>
                {live ? "Expires " : run.state === "ended" ? "Ended " : "Expired "}
                <RelativeTime date={live ? run.expiresAt : (run.endedAt ?? run.expiresAt)} />
              </span>
            </p>
          </div>
        </div>
        <div className="flex flex-wrap items-center gap-2">
          <Button
            ref={extend}
            icon={CalendarPlus}
            disabled={noExtend !== null}
            title={noExtend ?? undefined}
            onClick={() => setDialog("extend")}
          >
            Extend…
          </Button>
          <Button
            ref={end}
            icon={Trash2}
            variant="danger-quiet"
            disabled={noEnd !== null}
            title={noEnd ?? undefined}
            onClick={() => setDialog("end")}
          >
            {live ? "End run…" : "Delete users…"}
          </Button>
        </div>
      </div>
      {noRole ? <p className="text-ink-muted text-xs">Extending, ending and keeping users: {noRole}</p> : null}
      {dialog === "extend" ? (
        <ExtendRunDialog run={run} returnFocusTo={extend} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === "end" ? <EndRunDialog run={run} returnFocusTo={end} onClose={() => setDialog(null)} /> : null}
    </header>
  );
}
