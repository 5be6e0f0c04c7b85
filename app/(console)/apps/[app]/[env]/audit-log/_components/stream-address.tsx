"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm } from "@/components/form/action-form";
import { CheckboxField } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { useUnsaved } from "@/components/form/unsaved";
import { useDraft } from "@/components/form/use-draft";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import { Until } from "@/components/ui/time";
import type { ShownStream } from "@/lib/core/audit-stream/schema";
import { changeStream } from "../actions";

/** Where the audit log of the whole installation is sent; an empty address is nowhere. */
export function StreamAddress({ shown, mayChange }: { shown: ShownStream; mayChange: boolean }) {
  const router = useRouter();
  const saved = { url: shown.url };
  const draft = useDraft(saved);
  const [whole, setWhole] = useState(false);
  const { url } = draft.values;
  const changed = Object.keys(draft.changed).length > 0;
  useUnsaved(changed || whole);
  return (
    <Card aria-labelledby="streaming" className="mt-6">
      <CardHeader
        id="streaming"
        title="Streaming"
        description="Sealed entries of all apps are sent to this address as JSON lines, in order and at least once."
      />
      <CardBody className="flex flex-col gap-4">
        {shown.failures === 0 ? null : (
          <Alert tone="warn" title={`${plural(shown.failures, "try", "tries")} in a row failed`}>
            {shown.lastError} {plural(shown.waiting, "batch waits", "batches wait")}. Nothing is lost; the next try
            follows by itself.
          </Alert>
        )}
        <ActionForm
          className="flex flex-col gap-4"
          action={(_form, conflict) =>
            changeStream({ url, whole, seen: conflict === null ? draft.seen : (conflict.current as typeof saved) })
          }
          compared={{
            changes: Object.entries(draft.changed).map(([, next]) => ({
              label: "Address",
              now: saved.url || "Nowhere",
              next: next || "Nowhere",
            })),
            onFound: () => router.refresh(),
            onKeep: draft.discard,
          }}
          onDone={() => {
            setWhole(false);
            notify.success("Streaming saved.");
            router.refresh();
          }}
        >
          {({ pending, errorOf }) => (
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
                  readOnly={!mayChange}
                  value={url}
                  onChange={(event) => draft.change({ url: event.target.value })}
                />
              </Field>
              {mayChange ? (
                <>
                  <CheckboxField
                    name="whole"
                    label="Send what is in the log already, too"
                    checked={whole}
                    onCheckedChange={(checked) => setWhole(checked === true)}
                  />
                  <div>
                    <Button type="submit" variant="primary" pending={pending} disabled={!changed && !whole}>
                      Save address
                    </Button>
                  </div>
                </>
              ) : (
                <p className="text-ink-faint text-xs">Only owners change this.</p>
              )}
            </>
          )}
        </ActionForm>
      </CardBody>
    </Card>
  );
}
