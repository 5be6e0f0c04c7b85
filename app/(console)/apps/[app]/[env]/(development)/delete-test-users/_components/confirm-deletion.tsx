"use client";

import { ArrowLeft, RotateCw, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { TypedPhrase } from "@/components/form/typed-phrase";
import { useAction } from "@/components/form/use-action";
import { EnvironmentBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { formatCount, plural } from "@/components/ui/count-text";
import type { DeletionPlan, DeletionSelectionInput } from "@/lib/core/deletion/schema";
import { startDeletion } from "../actions";

interface ConfirmDeletionProps {
  scope: { app: string; env: string };
  base: string;
  selection: DeletionSelectionInput;
  plan: DeletionPlan;
  onBack(): void;
  /** Makes the dry run again, after the selection turned out to have changed. */
  onCheckAgain(): void;
}

/** Step 3: the phrase, and the button that it unlocks. Afterwards the job's own page. */
export function ConfirmDeletion({ scope, base, selection, plan, onBack, onCheckAgain }: ConfirmDeletionProps) {
  const router = useRouter();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [leaving, setLeaving] = useState(false);
  const start = useAction((phrase: string) =>
    startDeletion(scope, { selection, phrase, expectedCount: plan.count, fingerprint: plan.fingerprint }),
  );
  const matches = typed.trim() === plan.phrase;
  const users = plural(plan.count, "user");

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!matches || start.pending || leaving) return;
    const result = await start.run(typed.trim());
    if (!result.ok) return;
    setLeaving(true);
    router.push(`${base}/jobs/${result.data.jobId}`);
  };

  return (
    <Card aria-labelledby={`${id}-title`}>
      <form onSubmit={submit} noValidate>
        <CardHeader
          id={`${id}-title`}
          title={`3. Delete ${users} from development?`}
          action={<EnvironmentBadge environment="development" />}
        />
        <CardBody className="flex flex-col gap-4">
          <div className="flex flex-col gap-2 text-13 text-ink-muted">
            <p>The users are deleted for good, with their profiles and bans.</p>
            <ul className="flex list-disc flex-col gap-1 pl-4 marker:text-ink-faint">
              <li>Their access tokens stop working.</li>
              <li>
                {plan.seatsFreed === 1 ? "1 seat becomes" : `${formatCount(plan.seatsFreed)} seats become`} free. The
                IDs can be registered again as new users.
              </li>
              <li>The audit log keeps who deleted whom.</li>
            </ul>
            <p className="font-medium text-danger-ink">This cannot be undone.</p>
          </div>
          <TypedPhrase
            id={`${id}-phrase`}
            phrase={plan.phrase}
            value={typed}
            onChange={setTyped}
            className="max-w-md"
          />
          <ActionErrorAlert error={start.error} title="Nothing was deleted" />
        </CardBody>
        <CardFooter>
          <Button icon={ArrowLeft} onClick={onBack} disabled={start.pending || leaving}>
            Change the selection
          </Button>
          <div className="flex flex-wrap gap-2">
            {start.error?.code === "version_conflict" ? (
              <Button icon={RotateCw} onClick={onCheckAgain}>
                Show the new list
              </Button>
            ) : null}
            <Button
              type="submit"
              variant="danger"
              icon={Trash2}
              disabled={!matches || start.error?.code === "version_conflict"}
              pending={start.pending || leaving}
              aria-describedby={`${id}-phrase-label`}
            >
              Delete {users} from development
            </Button>
          </div>
        </CardFooter>
      </form>
    </Card>
  );
}
