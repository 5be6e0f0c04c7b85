"use client";

import { useAskedOnce } from "@/components/form/use-asked-once";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import type { ActionError } from "@/lib/console/action-result";
import type { BulkActInput, BulkPlan } from "@/lib/core/bulk/schema";
import type { BulkSelectionInput } from "@/lib/core/bulk/selection-schema";
import { planBulkAction } from "../actions";

interface DryRun {
  /** Null until it has answered, or while there is nothing to ask. */
  readonly plan: BulkPlan | null;
  readonly error: ActionError | null;
  again(): void;
}

/** The dry run of an act. `act` null: what is asked for is not complete yet. */
export function useDryRun(act: BulkActInput | null, selection: BulkSelectionInput): DryRun {
  const { scope } = useEnvironmentScope();
  const { answer, error, again } = useAskedOnce(
    ["dry-run", scope.app, scope.env, act, selection],
    act === null ? null : () => planBulkAction(scope, { act, selection }),
  );
  return { plan: answer, error, again };
}
