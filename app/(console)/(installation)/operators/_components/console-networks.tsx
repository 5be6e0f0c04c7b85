"use client";

import { useRouter } from "next/navigation";
import { ActionForm } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Textarea } from "@/components/form/input";
import { useUnsaved } from "@/components/form/unsaved";
import { useDraft } from "@/components/form/use-draft";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { notify } from "@/components/ui/notify";
import type { ConsoleNetworks as Networks } from "@/lib/core/operators/change-console-networks";
import { changeConsoleNetworks } from "../actions";

/** From which networks the console opens. `ownAddress`: whoever looks, "" when it is not known. */
export function ConsoleNetworks({ networks, fromEnvironment, ownAddress }: Networks & { ownAddress: string }) {
  const router = useRouter();
  const shown = { networks };
  const draft = useDraft(shown);
  const changed = Object.keys(draft.changed).length > 0;
  useUnsaved(changed);
  return (
    <Card aria-labelledby="console-networks" className="mt-6">
      <CardHeader
        id="console-networks"
        title="Networks"
        description="The console and its API for tokens open from these networks only. The Server API is not affected."
      />
      <CardBody>
        {fromEnvironment ? (
          <Alert tone="info" className="mb-4">
            CONSOLE_ALLOW_FROM sets this. Change it there.
          </Alert>
        ) : null}
        <ActionForm
          className="flex max-w-md flex-col gap-4"
          action={(_form, conflict) =>
            changeConsoleNetworks({
              networks: draft.values.networks,
              seen: conflict === null ? draft.seen : (conflict.current as typeof shown),
            })
          }
          compared={{
            changes: [
              { label: "Networks", now: networks || "Any address", next: draft.values.networks || "Any address" },
            ],
            onFound: () => router.refresh(),
            onKeep: draft.discard,
          }}
          onDone={() => {
            notify.success("Networks saved.");
            router.refresh();
          }}
        >
          {({ pending, errorOf }) => (
            <>
              <Field
                label="Open to"
                hint={`One network or address a line. Empty: any.${ownAddress === "" ? "" : ` Yours is ${ownAddress}.`}`}
                error={errorOf("networks")}
              >
                <Textarea
                  name="networks"
                  readOnly={fromEnvironment}
                  placeholder="203.0.113.0/24"
                  value={draft.values.networks}
                  onChange={(event) => draft.change({ networks: event.target.value })}
                />
              </Field>
              {fromEnvironment ? null : (
                <div>
                  <Button type="submit" variant="primary" pending={pending} disabled={!changed}>
                    Save networks
                  </Button>
                </div>
              )}
            </>
          )}
        </ActionForm>
      </CardBody>
    </Card>
  );
}
