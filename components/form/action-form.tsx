"use client";

import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import { flushSync } from "react-dom";
import type { ActionError, ActionResult } from "@/lib/console/action-result";
import type { Conflict } from "@/lib/core/errors";
import type { ReviewedChange } from "./changes-table";
import { FormConflict } from "./form-conflict";
import { useTypedText } from "./unsaved";
import { useAction } from "./use-action";

export interface ActionFormState {
  /** True until the server has answered. */
  pending: boolean;
  /** The server's sentence about the control of this name; undefined when it has none. */
  errorOf: (name: string) => string | undefined;
}

export interface ActionFormProps<R> {
  /** Given the conflict when what stands now has been read and is to be replaced. */
  action: (form: FormData, conflict: Conflict | null) => Promise<ActionResult<R>>;
  onDone: (data: R) => void;
  onPending?: (pending: boolean) => void;
  id?: string;
  /** Nothing of it is worth a question when the page is left: signing in. */
  unguarded?: boolean;
  /** Where stored values are edited: what is typed against what is stored, and what happens when somebody changed them. */
  compared?: {
    readonly changes: readonly ReviewedChange[];
    /** Reads what stands now. */
    readonly onFound: () => void;
    /** Drops what is typed. */
    readonly onKeep: () => void;
  };
  className?: string;
  children: (state: ActionFormState) => ReactNode;
}

function controlOf(form: HTMLFormElement, error: ActionError): HTMLElement | null {
  const control = error.field ? form.elements.namedItem(error.field) : null;
  return control instanceof HTMLElement ? control : null;
}

/**
 * A form that sends its named controls to a server action. A refusal that names a control is shown at that control,
 * which gets the focus; any other is shown above the buttons. What was typed stays, and leaving the page asks first.
 */
export function ActionForm<R>({
  action,
  onDone,
  onPending,
  id,
  unguarded,
  compared,
  className,
  children,
}: ActionFormProps<R>) {
  const form = useRef<HTMLFormElement>(null);
  const typed = useTypedText();
  const { run, pending, error, reset } = useAction(([sent, conflict]: readonly [FormData, Conflict | null]) =>
    action(sent, conflict),
  );
  const named = form.current && error ? controlOf(form.current, error) : null;
  useEffect(() => {
    if (form.current && error) controlOf(form.current, error)?.focus();
  }, [error]);
  useEffect(() => onPending?.(pending), [onPending, pending]);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    void send(null);
  };
  const send = async (conflict: Conflict | null) => {
    if (pending || form.current === null) return;
    const result = await run([new FormData(form.current), conflict]);
    if (!result.ok) {
      if (result.error.conflict) compared?.onFound();
      return;
    }
    typed.keep();
    onDone(result.data);
  };
  // method="post": a submit before the page is hydrated must not put a password into the address.
  return (
    <form
      ref={(box) => {
        form.current = box;
        return typed.ref(box);
      }}
      data-unguarded={unguarded || undefined}
      id={id}
      method="post"
      onSubmit={submit}
      noValidate
      className={className ?? "flex flex-col gap-4"}
    >
      <FormConflict
        error={named ? null : error}
        changes={compared?.changes ?? []}
        pending={pending}
        onKeep={() => {
          flushSync(() => {
            compared?.onKeep();
            reset();
          });
          typed.keep();
        }}
        onReplace={(conflict) => void send(conflict)}
      />
      {children({ pending, errorOf: (name) => (named && error?.field === name ? error.message : undefined) })}
    </form>
  );
}

/** The text of a named control; "" when there is none. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
