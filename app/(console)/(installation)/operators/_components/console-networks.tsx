"use client";

import { Field } from "@/components/form/field";
import { Textarea } from "@/components/form/input";
import { SettingsCard } from "@/components/form/settings-card";
import type { ConsoleNetworks as Networks } from "@/lib/core/operators/change-console-networks";
import { changeConsoleNetworks } from "../actions";

/** From which networks the console opens. `ownAddress`: whoever looks, "" when it is not known. */
export function ConsoleNetworks({ networks, fromEnvironment, ownAddress }: Networks & { ownAddress: string }) {
  return (
    <SettingsCard
      id="console-networks"
      title="Networks"
      description="The console and its API for tokens open from these networks only. The Server API is not affected."
      setElsewhere={fromEnvironment ? "CONSOLE_ALLOW_FROM sets this. Change it there." : null}
      saved={{ networks }}
      stored={(values) => values}
      save={(next, seen) => changeConsoleNetworks({ ...next, seen })}
      saveLabel="Save networks"
      savedMessage="Networks saved."
      labelOf={() => "Networks"}
      wordsOf={(value) => value || "Any address"}
      narrow
    >
      {({ values, change, errorOf, readOnly }) => (
        <Field
          label="Open to"
          hint={`One network or address a line. Empty: any.${ownAddress === "" ? "" : ` Yours is ${ownAddress}.`}`}
          error={errorOf("networks")}
        >
          <Textarea
            name="networks"
            readOnly={readOnly}
            placeholder="203.0.113.0/24"
            value={values.networks}
            onChange={(event) => change({ networks: event.target.value })}
          />
        </Field>
      )}
    </SettingsCard>
  );
}
