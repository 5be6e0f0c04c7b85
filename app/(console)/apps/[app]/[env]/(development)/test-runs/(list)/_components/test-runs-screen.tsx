"use client";

import { Clock, Plus } from "lucide-react";
import { useRef } from "react";
import { ListScreen } from "@/components/data-table/list-screen";
import {
  type EnvironmentScopeProps,
  EnvironmentScopeProvider,
  useEnvironmentScope,
} from "@/components/layout/environment-scope";
import { useAddressDialog } from "@/components/ui/address-overlay";
import { Button } from "@/components/ui/button";
import { onIntent } from "@/components/ui/on-intent";
import type { ActionResult } from "@/lib/console/action-result";
import type { Page } from "@/lib/core/paging/page-size";
import type { TestRunListQuery, TestRunSummary } from "@/lib/core/test-runs/schema";
import { testRunsList } from "../test-runs-list";

const MoveClockDialog = onIntent(() =>
  import("../../../_clock/move-clock-dialog").then((part) => part.MoveClockDialog),
);
const StartRunDialog = onIntent(() => import("./start-run-dialog").then((part) => part.StartRunDialog));

interface TestRunsProps {
  query: TestRunListQuery;
  page: ActionResult<Page<TestRunSummary>>;
}

/** The test runs of Development: filter, open, start. */
export function TestRunsScreen({ query, page, ...scope }: EnvironmentScopeProps & TestRunsProps) {
  return (
    <EnvironmentScopeProvider {...scope}>
      <TestRuns query={query} page={page} />
    </EnvironmentScopeProvider>
  );
}

function TestRuns({ query, page }: TestRunsProps) {
  const { base, scope, whyNot } = useEnvironmentScope();
  const clock = useAddressDialog("clock");
  const clockButton = useRef<HTMLButtonElement>(null);
  const noClock = whyNot("clock.move");
  const start = useAddressDialog("start");
  const button = useRef<HTMLButtonElement>(null);
  const noStart = whyNot("test_runs.start");
  return (
    <ListScreen
      list={testRunsList}
      query={query}
      page={page}
      given={{ base }}
      primary={
        <Button
          ref={button}
          variant="primary"
          icon={Plus}
          onClick={start.show}
          disabled={noStart !== null}
          title={noStart ?? undefined}
        >
          Start test run
        </Button>
      }
      actions={
        <Button
          ref={clockButton}
          icon={Clock}
          onClick={clock.show}
          disabled={noClock !== null}
          title={noClock ?? undefined}
        >
          Test clock…
        </Button>
      }
      notes={
        noStart === null ? null : <p className="text-ink-muted text-xs">Test runs and the test clock: {noStart}</p>
      }
    >
      {start.open && noStart === null ? <StartRunDialog onClose={start.close} returnFocusTo={button} /> : null}
      {clock.open && noClock === null ? (
        <MoveClockDialog scope={scope} onClose={clock.close} returnFocusTo={clockButton} />
      ) : null}
    </ListScreen>
  );
}
