"use client";

import { useRouter } from "next/navigation";
import { type RefObject, useEffect, useState } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { plural } from "@/components/ui/count-text";
import { type BulkAct, type BulkActInput, bulkPhrase } from "@/lib/core/bulk/schema";
import type { BulkSelectionInput } from "@/lib/core/bulk/selection-schema";
import { TagSchema } from "@/lib/core/tags/schema";
import { startBulkAction } from "../actions";
import { parseBanMinutes } from "../ban/ban-length";
import { BanLengthField } from "../ban/ban-length-field";
import { BanReasonField } from "../ban/ban-reason-field";
import { DisconnectField } from "../disconnect-field";
import { BULK_WORDS } from "./bulk-acts";
import { DryRun, plannedUsers } from "./dry-run";
import { useDryRun } from "./use-dry-run";

interface BulkJobDialogProps {
  kind: BulkAct["kind"];
  selection: BulkSelectionInput;
  /** How many of them are ticked on other pages. */
  unseen: number;
  onClose: () => void;
  /** The job has been started. */
  onStarted: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** A text once it has not changed for a moment: nobody waits for the dry run of half a word. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 300);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/**
 * The one question before an act on many users: what is asked for, what a dry run finds, and in Production from 50 users on a
 * phrase to type. Then the job's page opens.
 */
export function BulkJobDialog({ kind, selection, unseen, onClose, onStarted, returnFocusTo }: BulkJobDialogProps) {
  const { scope, environment, base } = useEnvironmentScope();
  const router = useRouter();
  const [length, setLength] = useState("1440");
  const [reason, setReason] = useState("");
  const [tag, setTag] = useState("");
  const [disconnect, setDisconnect] = useState(true);
  const settledTag = useSettled(tag.trim());
  const words = BULK_WORDS[kind];
  const minutes = parseBanMinutes(length);
  const production = environment === "production";
  const problem = tag.trim() === "" ? undefined : TagSchema.safeParse(tag.trim()).error?.issues[0]?.message;

  /** What is asked for; null while it is not complete. `asked` false: as much of it as the dry run looks at. */
  const actOf = (asked: boolean): BulkActInput | null => {
    switch (kind) {
      case "ban":
        if (!asked) return { kind, durationMinutes: 1 };
        if (minutes === null || (production && reason.trim() === "")) return null;
        return { kind, durationMinutes: minutes, reason: reason.trim() };
      case "add_tag":
      case "remove_tag": {
        const word = asked ? tag.trim() : settledTag;
        return TagSchema.safeParse(word).success ? { kind, tag: word } : null;
      }
      case "invalidate_tokens":
        return { kind, disconnect };
      default:
        return { kind };
    }
  };
  const { plan, error, again } = useDryRun(actOf(false), selection);
  const act = actOf(true);
  const isTag = kind === "add_tag" || kind === "remove_tag";
  const current = plan !== null && (!isTag || settledTag === tag.trim()) ? plan : null;
  const who = current === null || current.count === 0 ? "users" : plannedUsers(current);
  const phrase = current === null || current.count === 0 ? null : bulkPhrase(kind, environment, current);

  return (
    <ConfirmDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      tone={words.tone}
      title={`${words.verb} ${who}?`}
      effect={words.effect}
      consequences={[
        ...(unseen > 0 ? [`${plural(unseen, "of them isn’t", "of them aren’t")} on this page.`] : []),
        selection.by === "ids"
          ? "Users whose ban someone else changes meanwhile are left out."
          : "Users who register from now on, or whose ban someone else changes, are left out.",
      ]}
      undo={words.undo}
      confirmLabel={`${words.verb} ${who}`}
      phrase={phrase ?? undefined}
      ready={act !== null && current !== null && current.count > 0}
      onConfirm={async () => {
        if (act === null || current === null) throw new Error("bulk: started without a dry run");
        const { at, count, capped } = current;
        return startBulkAction(scope, { act, selection, plan: { at, count, capped }, phrase: phrase ?? "" });
      }}
      onDone={({ jobId }) => {
        onStarted();
        router.push(`${base}/jobs/${jobId}`);
      }}
    >
      {isTag ? (
        <Field label="Tag" error={problem}>
          <Input
            value={tag}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => setTag(event.target.value)}
          />
        </Field>
      ) : null}
      {isTag && settledTag === "" ? null : (
        <DryRun
          kind={kind}
          plan={current}
          error={error}
          onAgain={again}
          connections={kind === "invalidate_tokens" && disconnect ? "close" : undefined}
        />
      )}
      {kind === "invalidate_tokens" ? <DisconnectField checked={disconnect} onChange={setDisconnect} /> : null}
      {kind === "ban" ? (
        <>
          <BanLengthField value={length} onChange={setLength} />
          <BanReasonField value={reason} onChange={setReason} required={production} />
        </>
      ) : null}
    </ConfirmDialog>
  );
}
