"use client";

import { AlertDialog as Primitive } from "radix-ui";
import { type FormEvent, type ReactNode, type RefObject, useId, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { TypedPhrase } from "@/components/form/typed-phrase";
import { askToDiscard, useTypedText } from "@/components/form/unsaved";
import { useAction } from "@/components/form/use-action";
import type { ActionError, ActionResult } from "@/lib/console/action-result";
import type { Conflict } from "@/lib/core/errors";
import { EnvironmentBadge } from "./badge";
import { Button } from "./button";
import { cn } from "./class-names";
import { DialogFooter, dialogBoxStyles, overlayStyles } from "./dialog";

export interface ConfirmDialogProps<R> {
  /** Left out where it is drawn only while it is open. */
  open?: boolean;
  /** It asks to be closed. */
  onClose: () => void;
  /** A question that names the object: "Ban alice?" */
  title: string;
  /** Its word and colour stand in the dialog. */
  environment?: "development" | "production";
  /** One sentence of effect. */
  effect: ReactNode;
  /** What follows from it, one line each. */
  consequences?: readonly ReactNode[];
  /** What can be undone, and until when. */
  undo?: ReactNode;
  /** Verb and object: "Ban alice". */
  confirmLabel: string;
  /** The button's word once somebody has changed the same thing meanwhile. */
  replaceLabel?: string;
  tone?: "danger" | "primary";
  /** Irreversible acts: the exact text to type before the button works. */
  phrase?: string;
  /** Controls that belong to the decision, such as duration and reason. They may sit in this dialog's form. */
  children?: ReactNode;
  /** False while `children` hold something that cannot be sent. */
  ready?: boolean;
  /**
   * Given the conflict that was refused before when the operator has read it and goes on: then what stands now is what
   * was seen.
   */
  onConfirm: (conflict: Conflict | null) => Promise<ActionResult<R>>;
  /** After success; the dialog has closed. */
  onDone?: (data: R) => void;
  /** The operator leaves what somebody else has changed meanwhile; the dialog has closed. */
  onKept?: () => void;
  /** A refusal to begin with, of the same act without a question. */
  refused?: ActionError | null;
  returnFocusTo?: RefObject<HTMLElement | null>;
  /** It cannot be confirmed as it opens, since something is to be chosen first: the focus begins there. */
  beginsInForm?: boolean;
}

/** The control of a dialog's form at which somebody begins; of radio buttons the chosen one. */
const FIRST_CONTROL = "input:checked, input:not([type=radio]), textarea, select";

/**
 * Asks before something costly or irreversible. Cancel has the focus, unless it `beginsInForm`. It stays open with a spinner while the server
 * works, shows a refusal inside with code and request id, and closes only on success. Escape asks first where text was
 * typed.
 */
export function ConfirmDialog<R>(props: ConfirmDialogProps<R>) {
  const { open = true, onClose, returnFocusTo, beginsInForm = false } = props;
  const [locked, setLocked] = useState(false);
  const typed = useTypedText();
  return (
    <Primitive.Root open={open} onOpenChange={(next) => (next || locked ? undefined : onClose())}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayStyles} />
        <Primitive.Content
          ref={typed.ref}
          className={cn(dialogBoxStyles, "sm:max-w-md")}
          onEscapeKeyDown={(event) => {
            if (!locked && !typed.isTyped()) return;
            event.preventDefault();
            if (!locked) askToDiscard(onClose);
          }}
          onOpenAutoFocus={(event) => {
            const first = beginsInForm && (event.target as Element).querySelector<HTMLElement>(FIRST_CONTROL);
            if (!first) return;
            event.preventDefault();
            first.focus();
          }}
          onCloseAutoFocus={(event) => {
            if (!returnFocusTo?.current) return;
            event.preventDefault();
            returnFocusTo.current.focus();
          }}
        >
          <ConfirmForm {...props} onLocked={setLocked} />
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function ConfirmForm<R>({
  title,
  environment,
  effect,
  consequences = [],
  undo,
  confirmLabel,
  replaceLabel = "Replace",
  tone = "danger",
  phrase,
  children,
  ready = true,
  onConfirm,
  onDone,
  onKept,
  refused = null,
  onClose,
  onLocked,
}: ConfirmDialogProps<R> & { onLocked: (locked: boolean) => void }) {
  const id = useId();
  const [typed, setTyped] = useState("");
  const confirm = useAction(onConfirm);
  const [before, setBefore] = useState(refused);
  const error = confirm.error ?? before;
  const conflict = error?.conflict ?? null;
  const phraseMatches = phrase === undefined || typed.trim() === phrase;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    if (!phraseMatches || !ready || confirm.pending) return;
    onLocked(true);
    setBefore(null);
    const result = await confirm.run(conflict);
    onLocked(false);
    if (!result.ok) return;
    onClose();
    onDone?.(result.data);
  };
  return (
    <form onSubmit={submit} className="flex min-h-0 flex-1 flex-col" noValidate>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-5 pt-5 pb-5 sm:flex-initial">
        <header className="flex items-start justify-between gap-3">
          <Primitive.Title className="font-semibold text-lg [overflow-wrap:anywhere]">{title}</Primitive.Title>
          {environment ? <EnvironmentBadge environment={environment} /> : null}
        </header>
        <Primitive.Description asChild>
          <div className="flex flex-col gap-2 text-13 text-ink-muted">
            <p>{effect}</p>
            {consequences.length > 0 ? (
              <ul className="flex list-disc flex-col gap-1 pl-4 marker:text-ink-faint">
                {consequences.map((consequence, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of sentences
                  <li key={index}>{consequence}</li>
                ))}
              </ul>
            ) : null}
            {undo ? <p>{undo}</p> : null}
          </div>
        </Primitive.Description>
        {children}
        {phrase === undefined ? null : (
          <TypedPhrase id={`${id}-phrase`} phrase={phrase} value={typed} onChange={setTyped} />
        )}
        <ActionErrorAlert error={error} title={conflict ? "Someone changed this" : undefined} />
      </div>
      <DialogFooter>
        <Primitive.Cancel asChild>
          <Button disabled={confirm.pending} onClick={conflict ? () => onKept?.() : undefined}>
            {conflict ? "Keep theirs" : "Cancel"}
          </Button>
        </Primitive.Cancel>
        <Button
          type="submit"
          variant={tone}
          className="min-w-0 shrink"
          pending={confirm.pending}
          disabled={!phraseMatches || !ready}
          aria-describedby={phrase === undefined ? undefined : `${id}-phrase-label`}
        >
          <span className="truncate" title={conflict ? replaceLabel : confirmLabel}>
            {conflict ? replaceLabel : confirmLabel}
          </span>
        </Button>
      </DialogFooter>
    </form>
  );
}
