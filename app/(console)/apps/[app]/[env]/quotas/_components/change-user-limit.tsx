"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { refusalSentence } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { quotaKey } from "@/components/layout/quota-query";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatCount } from "@/components/ui/count-text";
import { late, useLate } from "@/components/ui/late";
import { notify } from "@/components/ui/notify";
import { DEFAULT_USER_LIMIT, QUOTA_NOTE_MAX, USER_LIMIT_MAX, USER_LIMIT_MIN } from "@/lib/core/quota/facts";
import { changeUserLimitAction } from "../../_settings-actions/actions";
import { type SeenLimit, userLimitImpact } from "../../_settings-actions/user-limit-words";

const rules = late(() => import("@/lib/core/quota/schema").then((part) => part.userLimitProblem));

/** For owners: how many users Development may have. */
export function ChangeUserLimit({ used, limit }: { used: number; limit: number }) {
  const { scope, environment, whyNot } = useEnvironmentScope();
  const router = useRouter();
  const queries = useQueryClient();
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const [note, setNote] = useState("");
  const reason = whyNot("quota.change");
  const next = Number(text);
  const check = useLate(rules, open);
  const problem = check?.(text.trim() === "" ? Number.NaN : next);
  const refresh = () => {
    router.refresh();
    void queries.invalidateQueries({ queryKey: quotaKey(scope) });
  };
  const revert = async (from: number, to: number) => {
    const result = await changeUserLimitAction(scope, { limit: to, seen: { limit: from } });
    if (result.ok) notify.success(`The limit is back to ${formatCount(to)} users.`);
    else notify.failure("The limit was not reverted.", { description: refusalSentence(result.error) });
    refresh();
  };
  return (
    <>
      <Button
        ref={opener}
        disabled={reason !== null}
        title={reason ?? undefined}
        onClick={() => {
          setText(String(limit));
          setNote("");
          setOpen(true);
        }}
      >
        Change limit…
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        returnFocusTo={opener}
        title="Change the user limit?"
        environment={environment}
        effect={`Development can have ${formatCount(limit)} registered users now. The default is ${DEFAULT_USER_LIMIT}.`}
        consequences={problem === undefined ? userLimitImpact(used, limit, next) : []}
        confirmLabel={problem === undefined ? `Set limit to ${formatCount(next)}` : "Set limit"}
        tone="primary"
        ready={check !== null && problem === undefined && next !== limit}
        onConfirm={(conflict) =>
          changeUserLimitAction(scope, {
            limit: next,
            seen: (conflict?.current as SeenLimit | undefined) ?? { limit },
            note,
          })
        }
        onKept={refresh}
        onDone={() => {
          notify.success(`The limit is now ${formatCount(next)} users.`, {
            action: { label: "Revert", onClick: () => void revert(next, limit) },
          });
          refresh();
        }}
      >
        <Field label="Registered users" error={text === "" ? undefined : problem}>
          <Input
            type="number"
            inputMode="numeric"
            min={USER_LIMIT_MIN}
            max={USER_LIMIT_MAX}
            step={1}
            value={text}
            className="w-32 tabular-nums"
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <Field label="Note" aside="optional" hint="Why? The audit log keeps it.">
          <Input
            value={note}
            maxLength={QUOTA_NOTE_MAX}
            autoComplete="off"
            onChange={(event) => setNote(event.target.value)}
          />
        </Field>
      </ConfirmDialog>
    </>
  );
}
