"use client";

import * as Primitive from "radix-ui/alert-dialog";
import { type FormEvent, useId, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { TypedPhrase } from "@/components/form/typed-phrase";
import { askToDiscard, useTypedText } from "@/components/form/unsaved";
import { useAction } from "@/components/form/use-action";
import { EnvironmentBadge } from "./badge";
import { Button } from "./button";
import { cn } from "./class-names";
import type { ConfirmDialogProps } from "./confirm-dialog";
import { DialogFooter, dialogBoxStyles, overlayStyles } from "./dialog-look";

/** The box of a ConfirmDialog, which `components/ui/confirm-dialog.tsx` loads. */
export function ConfirmBox<R>(props: ConfirmDialogProps<R>) {
  const { open = true, onClose, returnFocusTo } = props;
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
