"use client";

import { ShieldCheck } from "lucide-react";
import { useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/count-text";
import { Until, useVisual } from "@/components/ui/time";
import type { SealState } from "@/lib/core/audit/check-log";
import type { AuditScope } from "@/lib/core/audit/list-schema";
import type { ChainCheck } from "@/lib/core/audit/verify-chain";
import { checkLog } from "../actions";

/** What does not fit is listed so far. */
const SHOWN = 5;

/** Up to when the log is sealed, and whether its entries are as they were then: looked at when it is asked for. */
export function SealNote({ scope: of, sealed }: { scope: AuditScope; sealed: SealState }) {
  const { scope } = useEnvironmentScope();
  const visual = useVisual();
  const [check, setCheck] = useState<ChainCheck | null>(null);
  const verify = useAction((_: null) => checkLog(scope, { scope: of }));
  const sealedAt = check?.sealedAt ?? sealed.sealedAt;
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-2 text-ink-muted text-xs">
        <span>
          {visual || sealedAt === null ? (
            "Sealed within a minute"
          ) : (
            <>
              Sealed up to <Until date={sealedAt} />
            </>
          )}
        </span>
        <Button
          size="sm"
          variant="ghost"
          icon={ShieldCheck}
          pending={verify.pending}
          onClick={() =>
            void verify.run(null).then((result) => {
              setCheck(result.ok ? result.data : null);
            })
          }
        >
          Verify
        </Button>
      </p>
      <ActionErrorAlert error={verify.error} title="Could not verify the audit log" />
      {check === null ? null : <CheckResult check={check} publicKey={sealed.publicKey} />}
    </div>
  );
}

function CheckResult({ check, publicKey }: { check: ChainCheck; publicKey: string }) {
  const { misfits, entries, whole, checkedFrom, waiting, removedThrough } = check;
  const extent =
    whole || checkedFrom === null ? null : (
      <>
        {" "}
        The look went back to <Until date={checkedFrom} exact />; <code>audit check</code> on the command line looks at
        everything.
      </>
    );
  if (misfits.length > 0) {
    return (
      <Alert tone="danger" role="alert" title="The audit log is not as it was written">
        <ul className="list-disc pl-4">
          {misfits.slice(0, SHOWN).map(({ words, seal }) => (
            <li key={words}>
              {words}
              {seal === null ? null : <span className="text-ink-faint"> (seal {seal})</span>}
            </li>
          ))}
        </ul>
        {misfits.length > SHOWN ? `And ${misfits.length - SHOWN} more.` : null}
        {extent}
      </Alert>
    );
  }
  return (
    <Alert
      tone="ok"
      role="status"
      title={
        entries === 0
          ? "Nothing is sealed yet"
          : `${plural(entries, "sealed entry is", "sealed entries are")} as written`
      }
    >
      {waiting === 0 ? "None waits for its seal." : `${plural(waiting, "more waits", "more wait")} for a seal.`}
      {removedThrough === 0 ? null : " Older ones were removed by the retention rule."}
      {extent}
      <p className="mt-1">
        Seals and exports are signed. The public key is <code className="break-all">{publicKey}</code>.
      </p>
    </Alert>
  );
}
