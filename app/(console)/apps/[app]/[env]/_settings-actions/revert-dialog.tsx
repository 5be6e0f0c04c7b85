"use client";

import { useQuery } from "@tanstack/react-query";
import type { ReactNode, RefObject } from "react";
import { fetchJson } from "@/components/failure/fetch-json";
import { StillReading } from "@/components/failure/still-reading";
import { failureOfThrown } from "@/components/failure/unanswered";
import { ReviewDialog } from "@/components/form/review-dialog";
import type { Scope } from "@/components/layout/quota-query";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { SETTINGS_NOTE_MAX, type SettingKey } from "@/lib/core/settings/facts";
import type { RevertPlan } from "@/lib/core/settings/plan-revert";
import { revertSettingsAction } from "./actions";
import { reviewedChanges, settingLabel } from "./reviewed-changes";
import { SettingsImpact } from "./settings-impact";

interface RevertDialogProps {
  scope: Scope;
  environment: "development" | "production";
  /** Of the request that made the change. */
  requestId: string;
  onClose: () => void;
  onReverted: () => void;
  returnFocusTo?: RefObject<HTMLElement | null>;
}

/** Shows what reverting a change of the chat settings puts back, who has changed it since, and asks. Drawn while it is open. */
export function RevertDialog({ scope, environment, requestId, onClose, onReverted, returnFocusTo }: RevertDialogProps) {
  const plan = useQuery({
    queryKey: ["settings-revert", scope.app, scope.env, requestId],
    queryFn: ({ signal }) =>
      fetchJson<RevertPlan>(
        `/api/apps/${scope.app}/${scope.env}/settings/revert?${new URLSearchParams({ requestId })}`,
        signal,
      ),
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (plan.data === undefined) {
    return (
      <Dialog
        title="Revert this change?"
        onClose={onClose}
        returnFocusTo={returnFocusTo}
        footer={<Button onClick={onClose}>Cancel</Button>}
      >
        {plan.isError ? (
          <ErrorState
            title="Could not read the change"
            error={failureOfThrown(plan.error, "read")}
            onRetry={() => void plan.refetch()}
          />
        ) : (
          <div className="text-13 text-ink-muted">
            <p>Loading…</p>
            <StillReading />
          </div>
        )}
      </Dialog>
    );
  }
  const { version, now, before, changedSince } = plan.data;
  const keys = Object.keys(before) as SettingKey[];
  return (
    <ReviewDialog
      open
      title="Revert this change?"
      saveLabel="Revert change"
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      changes={reviewedChanges(keys, now, before)}
      noteMax={SETTINGS_NOTE_MAX}
      onSave={(note) => revertSettingsAction(scope, { requestId, version, note })}
      onSaved={onReverted}
      onReload={() => void plan.refetch()}
      onKeep={onClose}
      reloading={plan.isFetching}
    >
      {keys.length === 0 ? (
        <Alert>These settings are already as they were before the change.</Alert>
      ) : (
        <>
          {changedSince.length > 0 ? <ChangedSince changedSince={changedSince} /> : null}
          <SettingsImpact scope={scope} keys={keys} before={now} after={before} />
        </>
      )}
    </ReviewDialog>
  );
}

function ChangedSince({ changedSince }: Pick<RevertPlan, "changedSince">): ReactNode {
  return (
    <Alert tone="warn" title="Changed since">
      <ul className="flex flex-col gap-0.5">
        {changedSince.map(({ key, by, at }) => (
          <li key={key}>
            {by} changed {settingLabel(key)} <RelativeTime date={at} />. Reverting replaces that.
          </li>
        ))}
      </ul>
    </Alert>
  );
}
