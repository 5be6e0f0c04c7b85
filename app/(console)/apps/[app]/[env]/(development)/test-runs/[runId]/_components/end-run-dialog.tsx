"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { RefObject } from "react";
import { AskedError } from "@/components/form/asked-error";
import { useAskedOnce } from "@/components/form/use-asked-once";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { quotaKey } from "@/components/layout/quota-query";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import type { DeletionPlan } from "@/lib/core/deletion/schema";
import type { TestRunSummary } from "@/lib/core/test-runs/schema";
import { endTestRunAction, planEndOfTestRunAction } from "../../actions";

interface EndRunDialogProps {
  run: TestRunSummary;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** Users whom the dialog names; the others are counted. */
const NAMED = 8;

/** What ending a run would do, by a dry run, and then the end: the job that deletes its users opens. */
export function EndRunDialog({ run, onClose, returnFocusTo }: EndRunDialogProps) {
  const { scope, environment, base } = useEnvironmentScope();
  const router = useRouter();
  const queries = useQueryClient();
  const dry = useAskedOnce(["test-run-end", scope.app, scope.env, run.id], () =>
    planEndOfTestRunAction(scope, { runId: run.id }),
  );
  const { answer: plan, error: failed } = dry;
  const users = plan === null ? "its users" : plural(plan.count, "user");
  const live = run.state === "live";
  const verb = live ? "End" : "Delete the users of";
  const label =
    plan === null || plan.count === 0
      ? `${verb} ${run.id}`
      : `${live ? `End ${run.id} and delete` : "Delete"} ${users}`;
  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`${verb} ${run.id}?`}
      effect={
        plan !== null
          ? effectOf(plan, live)
          : failed === null
            ? "A dry run looks for the users."
            : "Nothing was changed."
      }
      consequences={
        plan === null || plan.count === 0
          ? []
          : [
              "They go for good, with their profiles and bans, and the groups that they own.",
              `${plan.seatsFreed === 1 ? "1 seat becomes" : `${plan.seatsFreed} seats become`} free, and the IDs can be registered again.`,
              ...(live && run.reserved > 0 ? ["Its reserved seats are everybody’s again."] : []),
            ]
      }
      undo={plan !== null && plan.count > 0 ? "This cannot be undone." : undefined}
      confirmLabel={label}
      phrase={plan !== null && plan.count > 0 ? plan.phrase : undefined}
      ready={plan !== null}
      onConfirm={async () => {
        if (plan === null) throw new Error("test run: ended without a dry run");
        const { count, fingerprint } = plan;
        const result = await endTestRunAction(scope, { runId: run.id, planned: { count, fingerprint } });
        // Others are in it now than were shown: the new list is shown, and confirmed anew.
        if (!result.ok && result.error.code === "version_conflict") dry.again();
        return result;
      }}
      onDone={({ jobId }) => {
        void queries.invalidateQueries({ queryKey: quotaKey(scope) });
        if (jobId !== null) {
          router.push(`${base}/jobs/${jobId}`);
          return;
        }
        notify.success(`Test run ${run.id} ended.`);
        router.refresh();
      }}
    >
      {plan === null ? null : <Planned plan={plan} />}
      <AskedError title="Could not find out who would be deleted" error={failed} again={dry.again} />
    </ConfirmDialog>
  );
}

function effectOf({ count }: DeletionPlan, live: boolean): string {
  if (count === 0) return "It has no users.";
  return live
    ? `Nobody joins it any more, and ${plural(count, "user")} will be deleted.`
    : `${plural(count, "user")} will be deleted.`;
}

function Planned({ plan: { willDelete, count } }: { plan: DeletionPlan }) {
  if (count === 0) return null;
  const more = count - Math.min(count, NAMED);
  return (
    <p role="status" className="text-13 [overflow-wrap:anywhere]">
      {willDelete.slice(0, NAMED).map(({ userId }, index) => (
        <span key={userId}>
          {index === 0 ? "" : ", "}
          <code className="text-[0.92em]">{userId}</code>
        </span>
      ))}
      {more > 0 ? ` and ${more} more` : null}
    </p>
  );
}
