"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { AskedError } from "@/components/form/asked-error";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { useAskedOnce } from "@/components/form/use-asked-once";
import { quotaKey } from "@/components/layout/quota-query";
import { useAddressDialog } from "@/components/ui/address-overlay";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import { RESET_PHRASE, SCENARIO_NAMES, SCENARIOS, type ScenarioName } from "@/lib/core/scenarios/facts";
import type { ResetCounts } from "@/lib/core/scenarios/schema";
import { planResetAction, resetAction } from "../actions";

const OPTIONS = SCENARIO_NAMES.map((name) => ({ value: name, label: name }));

interface Scope {
  app: string;
  env: string;
}

/** Empties Development and brings it to a scenario. `?dialog=reset` opens it. */
export function ResetDevelopment({ scope }: { scope: Scope }) {
  const dialog = useAddressDialog("reset");
  const opener = useRef<HTMLButtonElement>(null);
  return (
    <>
      <Button ref={opener} onClick={dialog.show}>
        Reset Development…
      </Button>
      {dialog.open ? <ResetDialog scope={scope} onClose={dialog.close} returnFocusTo={opener} /> : null}
    </>
  );
}

interface ResetDialogProps {
  scope: Scope;
  onClose: () => void;
  returnFocusTo: React.RefObject<HTMLElement | null>;
}

function ResetDialog({ scope, onClose, returnFocusTo }: ResetDialogProps) {
  const router = useRouter();
  const queries = useQueryClient();
  const [scenario, setScenario] = useState<ScenarioName>("empty");
  const dry = useAskedOnce(["reset", scope.app, scope.env], () => planResetAction(scope));
  const { answer: counts, error: failed } = dry;
  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment="development"
      title="Reset Development?"
      effect="Everybody in Development is deleted, with everything of theirs. The scenario you choose takes their place."
      consequences={counts === null ? [] : whatGoes(counts)}
      undo="This cannot be undone. The audit log, App Key, user limit and webhook stay."
      confirmLabel="Reset Development"
      phrase={RESET_PHRASE}
      ready={counts !== null}
      onConfirm={() => resetAction(scope, { scenario, phrase: RESET_PHRASE })}
      onDone={({ users, groups }) => {
        void queries.invalidateQueries({ queryKey: quotaKey(scope) });
        notify.success(
          `Development has the scenario ${scenario}: ${inWords([plural(users.length, "user"), ...(groups.length === 0 ? [] : [plural(groups.length, "group")])])}.`,
        );
        router.refresh();
      }}
    >
      {counts === null && failed === null ? (
        <p role="status" className="text-13 text-ink-muted">
          Counting what would go…
        </p>
      ) : null}
      <AskedError title="Could not count what would go" error={failed} again={dry.again} />
      <Field label="Scenario" hint={SCENARIOS[scenario]}>
        <Select value={scenario} onValueChange={setScenario} options={OPTIONS} />
      </Field>
    </ConfirmDialog>
  );
}

const inWords = (parts: readonly string[]) => new Intl.ListFormat("en", { type: "conjunction" }).format(parts);

/** What a reset deletes, one line each. */
function whatGoes(counts: ResetCounts): string[] {
  const { users, groups, messages, testRuns, jobs, webhookDeliveries, connections, settings } = counts;
  const gone = [
    [users, "user"],
    [groups, "group"],
    [messages, "message"],
    [testRuns, "test run"],
    [jobs, "job"],
  ] as const;
  const named = gone.flatMap(([count, word]) => (count === 0 ? [] : [plural(count, word)]));
  if (webhookDeliveries > 0) named.push(plural(webhookDeliveries, "webhook delivery", "webhook deliveries"));
  return [
    named.length === 0 ? "Nobody is in Development now." : `This deletes ${inWords(named)}.`,
    ...(connections === 0 ? [] : [`It closes ${plural(connections, "connection")}.`]),
    ...(settings.length === 0 ? [] : [`It puts ${plural(settings.length, "chat setting")} back to the default.`]),
  ];
}
