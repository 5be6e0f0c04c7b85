"use client";

import { ArrowLeft, UserRoundX } from "lucide-react";
import { useEffect, useRef } from "react";
import { useAskedOnce } from "@/components/form/use-asked-once";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { plural } from "@/components/ui/count-text";
import { Skeleton } from "@/components/ui/skeleton";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { deletionSelectionText } from "@/components/users/deletion-selection-text";
import type { DeletionSelectionInput } from "@/lib/core/deletion/schema";
import { planDeletion } from "../actions";
import { ConfirmDeletion } from "./confirm-deletion";
import { CandidatesTable, SkippedTable } from "./plan-tables";

interface CheckStepProps {
  scope: { app: string; env: string };
  base: string;
  selection: DeletionSelectionInput;
  onBack(): void;
}

/** Step 2: the dry run, and below it step 3. */
export function CheckStep({ scope, base, selection, onBack }: CheckStepProps) {
  const {
    answer: plan,
    error,
    again: checkAgain,
  } = useAskedOnce(["deletion-plan", scope.app, scope.env, selection], () => planDeletion(scope, selection));
  const heading = useRef<HTMLHeadingElement>(null);
  const ready = plan !== null;
  useEffect(() => {
    if (ready) heading.current?.focus();
  }, [ready]);

  const back = (
    <Button icon={ArrowLeft} onClick={onBack}>
      Change the selection
    </Button>
  );
  if (error !== null) {
    return (
      <Card data-state="error">
        <ErrorState title="Could not find out who would be deleted" error={error} onRetry={checkAgain} />
        <div className="flex justify-center pb-8">{back}</div>
      </Card>
    );
  }
  if (plan === null) {
    return (
      <Card data-state="loading" aria-busy="true" aria-label="Dry run">
        <CardHeader title="2. Check the list" description={`Looking for users ${deletionSelectionText(selection)}`} />
        <div className="flex flex-col gap-4 px-4 pb-5">
          {["a", "b", "c", "d", "e"].map((row) => (
            <Skeleton key={row} className="w-full" />
          ))}
        </div>
      </Card>
    );
  }
  const skipped =
    plan.skippedCount === 0 ? null : (
      <>
        <h3 className="border-t px-4 py-3 font-medium text-13">{plural(plan.skippedCount, "ID")} will be skipped</h3>
        <SkippedTable plan={plan} />
      </>
    );
  if (plan.count === 0) {
    return (
      <Card data-state="no-match">
        <EmptyState icon={UserRoundX} title={<span role="status">No users to delete</span>} actions={back}>
          <p>Development has no users {deletionSelectionText(selection)}.</p>
        </EmptyState>
        {skipped}
      </Card>
    );
  }
  return (
    <>
      <Card data-state="ready" aria-labelledby="check">
        <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 pt-4 pb-3">
          <div className="flex flex-col gap-0.5">
            <h2 id="check" ref={heading} tabIndex={-1} className="font-semibold text-sm">
              2. Check the list
            </h2>
            <p className="text-13 text-ink-muted">Users {deletionSelectionText(selection)}</p>
          </div>
          <p role="status" className="font-medium text-13">
            {plural(plan.count, "user")} will be deleted
          </p>
        </header>
        <CandidatesTable base={base} plan={plan} />
        {skipped}
      </Card>
      <ConfirmDeletion
        key={plan.fingerprint}
        scope={scope}
        base={base}
        selection={selection}
        plan={plan}
        onBack={onBack}
        onCheckAgain={checkAgain}
      />
    </>
  );
}
