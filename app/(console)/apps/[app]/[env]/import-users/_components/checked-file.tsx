"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { AskedError } from "@/components/form/asked-error";
import { Field } from "@/components/form/field";
import { Select } from "@/components/form/select";
import { useAction } from "@/components/form/use-action";
import { useAskedOnce } from "@/components/form/use-asked-once";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { formatCount, plural } from "@/components/ui/count-text";
import { Skeleton } from "@/components/ui/skeleton";
import { IMPORT_FIELDS } from "@/lib/core/imports/facts";
import type { ImportField, ImportFileInput, ImportMapping, ImportPlan } from "@/lib/core/imports/schema";
import { planImportAction, startImportAction } from "../actions";
import type { Checked } from "./import-wizard";
import { LineErrors } from "./line-errors";

const FIELD_LABELS: Readonly<Record<ImportField, string>> = {
  userId: "User ID",
  name: "Name",
  avatarUrl: "Avatar address",
};

interface CheckedFileProps {
  checked: Checked;
  existing: ImportFileInput["existing"];
  /** The job has been started. */
  onStarted: () => void;
}

/** What the dry run of a file says: which column is what, who will be registered, and the lines with errors. */
export function CheckedFile({ checked, existing, onStarted }: CheckedFileProps) {
  const { scope, base } = useEnvironmentScope();
  const router = useRouter();
  const [mapping, setMapping] = useState<ImportMapping | null>(null);
  const {
    answer: plan,
    error,
    asking,
    again,
  } = useAskedOnce(
    ["import-plan", scope.app, scope.env, checked.number, mapping],
    () => planImportAction(scope, { text: checked.text, mapping, existing }),
    { keepsLast: true },
  );
  const start = useAction((by: ImportMapping) =>
    startImportAction(scope, { text: checked.text, mapping: by, existing }),
  );
  if (error !== null) {
    return (
      <Card aria-label="Dry run" data-state="error">
        <CardBody className="flex flex-col gap-3 pt-4">
          <AskedError title="Can’t import this file" error={error} again={again} label="Check again" />
        </CardBody>
      </Card>
    );
  }
  if (plan === null) {
    return (
      <Card aria-label="Dry run" data-state="loading" aria-busy="true">
        <CardHeader title="2. Check" />
        <CardBody className="flex flex-col gap-3">
          <Skeleton className="w-1/2" />
          <Skeleton className="w-1/3" />
        </CardBody>
      </Card>
    );
  }
  const changed = plan.fresh + (existing === "update" ? plan.known : 0);
  const onStart = async () => {
    const result = await start.run(plan.mapping);
    if (!result.ok) return;
    onStarted();
    router.push(`${base}/jobs/${result.data.jobId}`);
  };
  return (
    <Card aria-labelledby="check-file" data-state={asking ? "loading" : "ready"} aria-busy={asking}>
      <CardHeader
        id="check-file"
        title="2. Check"
        description={`${plural(plan.lines, plan.format === "csv" ? "line" : "entry", plan.format === "csv" ? "lines" : "entries")} in the file.`}
      />
      <CardBody className="flex flex-col gap-4">
        <div className="grid gap-3 sm:grid-cols-3">
          {IMPORT_FIELDS.map((field) => (
            <Field key={field} label={FIELD_LABELS[field]} aside={field === "avatarUrl" ? "optional" : undefined}>
              <Select
                value={plan.mapping[field]}
                onValueChange={(column) => setMapping({ ...plan.mapping, [field]: column })}
                options={[
                  { value: "", label: field === "avatarUrl" ? "None" : "Choose a column" },
                  ...plan.columns.map((column) => ({ value: column, label: column })),
                ]}
              />
            </Field>
          ))}
        </div>
        <p role="status" className="font-medium text-13">
          {outcomeSentence(plan, existing)}
        </p>
        {plan.withoutSeat > 0 ? (
          <Alert tone="warn" title={`No seat for ${formatCount(plan.withoutSeat)} of them`}>
            They will fail. Free seats under Delete test users, then retry them.
          </Alert>
        ) : null}
        {plan.errorCount > 0 ? <LineErrors plan={plan} /> : null}
        <ActionErrorAlert error={start.error} title="Nothing was imported" />
      </CardBody>
      <CardFooter>
        <span>The import runs as a job. Its page shows the result of each line.</span>
        <Button
          variant="primary"
          icon={UserPlus}
          pending={start.pending}
          disabled={changed === 0 || asking}
          onClick={() => void onStart()}
        >
          Import {plural(changed, "user")}
        </Button>
      </CardFooter>
    </Card>
  );
}

/** "40 users are new. 3 exist and are skipped. 2 lines have errors." */
function outcomeSentence(plan: ImportPlan, existing: ImportFileInput["existing"]): string {
  const { fresh, known, same, softDeleted, errorCount } = plan;
  const parts = [`${plural(fresh, "user is", "users are")} new.`];
  const skipped = existing === "skip" ? known + same : same;
  if (existing === "update" && known > 0) parts.push(`${plural(known, "exists and is", "exist and are")} updated.`);
  if (skipped > 0) parts.push(`${plural(skipped, "exists already and is", "exist already and are")} skipped.`);
  if (softDeleted > 0) parts.push(`${plural(softDeleted, "is", "are")} soft-deleted and skipped.`);
  if (errorCount > 0)
    parts.push(
      `${formatCount(errorCount)} ${errorCount === 1 ? "line has an error" : "lines have errors"} and ${errorCount === 1 ? "is" : "are"} left out.`,
    );
  return parts.join(" ");
}
