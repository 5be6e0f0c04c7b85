"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useState } from "react";
import { deletionQuery, readDeletionParams } from "../search-params";
import { CheckStep } from "./check-step";
import { ChooseStep } from "./choose-step";
import { selectionOf } from "./selection";

interface DeletionWizardProps {
  scope: { app: string; env: string };
  base: string;
  prefixes: ReadonlyArray<{ prefix: string; count: number }>;
}

/**
 * Choose, check, confirm. A made choice and the step stand in the address: the next step pushes, so that Back returns
 * to the choice, a reload makes the dry run again, and a link can bring a choice along.
 */
export function DeletionWizard({ scope, base, prefixes }: DeletionWizardProps) {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const made = readDeletionParams(new URLSearchParams(search));
  const [choice, setChoice] = useState(made);
  const [pasted, setPasted] = useState("");
  const selection = selectionOf(made, pasted);

  // Arrived by Back or by a link to another choice.
  useEffect(() => {
    setChoice(readDeletionParams(new URLSearchParams(search)));
  }, [search]);

  if (made.step === "check" && !("field" in selection)) {
    return (
      <div className="flex flex-col gap-4">
        <CheckStep
          key={JSON.stringify(selection)}
          scope={scope}
          base={base}
          selection={selection}
          onBack={() => window.history.pushState(null, "", pathname + deletionQuery({ ...made, step: "choose" }))}
        />
      </div>
    );
  }
  return (
    <ChooseStep
      params={choice}
      pasted={pasted}
      prefixes={prefixes}
      onChange={(change) => setChoice({ ...choice, ...change })}
      onPasted={setPasted}
      onNext={() => {
        // The list is made by an action, not by the page, so the server need not be asked for the page.
        window.history.replaceState(null, "", pathname + deletionQuery({ ...choice, step: "choose" }));
        window.history.pushState(null, "", pathname + deletionQuery({ ...choice, step: "check" }));
      }}
    />
  );
}
