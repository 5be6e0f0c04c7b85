"use server";

import { defineAction, type Seeing } from "@/lib/console/action";
import { endTestRun, planEndOfTestRun } from "@/lib/core/test-runs/end-test-run";
import { extendTestRun } from "@/lib/core/test-runs/extend-test-run";
import { keepRunUser } from "@/lib/core/test-runs/keep-run-user";
import type { ExtendTestRunInput } from "@/lib/core/test-runs/schema";
import { startTestRun } from "@/lib/core/test-runs/start-test-run";

export const startTestRunAction = defineAction({ permission: "test_runs.start", run: startTestRun });

export const extendTestRunAction = defineAction({
  permission: "test_runs.start",
  run: (context, actor, input: Seeing<ExtendTestRunInput>) => extendTestRun(context, actor, input),
});

export const keepRunUserAction = defineAction({ permission: "test_runs.start", run: keepRunUser });

/** The dry run: whom ending the run would delete. Changes nothing. */
export const planEndOfTestRunAction = defineAction({ permission: "test_runs.end", run: planEndOfTestRun });

export const endTestRunAction = defineAction({ permission: "test_runs.end", run: endTestRun });
