"use client";

import { useState } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { SettingsCard } from "@/components/form/settings-card";
import { CheckboxField } from "@/components/form/toggles";
import { Alert } from "@/components/ui/alert";
import { plural } from "@/components/ui/count-text";
import { Until } from "@/components/ui/time";
import type { ShownStream } from "@/lib/core/audit-stream/schema";
import { changeStream } from "../actions";

/** Where the audit log of the whole installation is sent; an empty address is nowhere. */
export function StreamAddress({ shown, mayChange }: { shown: ShownStream; mayChange: boolean }) {
  const [whole, setWhole] = useState(false);
  return (
    <SettingsCard
      id="streaming"
      title="Streaming"
      description="Sealed entries of all apps are sent to this address as JSON lines, in order and at least once."
      notice={
        shown.failures === 0 ? null : (
          <Alert tone="warn" title={`${plural(shown.failures, "try", "tries")} in a row failed`}>
            {shown.lastError} {plural(shown.waiting, "batch waits", "batches wait")}. Nothing is lost; the next try
            follows by itself.
          </Alert>
        )
      }
      mayChange={mayChange}
      saved={{ url: shown.url }}
      stored={(values) => values}
      save={(next, seen) => changeStream({ ...next, whole, seen })}
      onSaved={() => setWhole(false)}
      more={whole}
      saveLabel="Save address"
      savedMessage="Streaming saved."
      labelOf={() => "Address"}
      wordsOf={(value) => value || "Nowhere"}
    >
      {({ values, change, errorOf, readOnly }) => (
        <>
          <Field
            label="Address"
            error={errorOf("url")}
            hint={
              shown.sentAt === null ? undefined : (
                <>
                  Last sent <Until date={shown.sentAt} />.
                </>
              )
            }
          >
            <Input
              name="url"
              type="url"
              placeholder="https://logs.example.com/audit"
              readOnly={readOnly}
              value={values.url}
              onChange={(event) => change({ url: event.target.value })}
            />
          </Field>
          {readOnly ? null : (
            <CheckboxField
              name="whole"
              label="Send what is in the log already, too"
              checked={whole}
              onCheckedChange={(checked) => setWhole(checked === true)}
            />
          )}
        </>
      )}
    </SettingsCard>
  );
}
