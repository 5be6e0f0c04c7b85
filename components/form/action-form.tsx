"use client";

import { type FormEvent, type ReactNode, useEffect, useRef } from "react";
import type { ActionError, ActionResult } from "@/lib/console/action-result";
import { ActionErrorAlert } from "./action-error";
import { useTypedText } from "./unsaved";
import { useAction } from "./use-action";

export interface ActionFormState {
  /** True until the server has answered. */
  pending: boolean;
  /** The server's sentence about the control of this name; undefined when it has none. */
  errorOf: (name: string) => string | undefined;
}

export interface ActionFormProps<R> {
  action: (form: FormData) => Promise<ActionResult<R>>;
  onDone: (data: R) => void;
  onPending?: (pending: boolean) => void;
  id?: string;
  /** Nothing of it is worth a question when the page is left: signing in. */
  unguarded?: boolean;
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
export function ActionForm<R>({ action, onDone, onPending, id, unguarded, className, children }: ActionFormProps<R>) {
  const form = useRef<HTMLFormElement>(null);
  const typed = useTypedText();
  const { run, pending, error } = useAction(action);
  const named = form.current && error ? controlOf(form.current, error) : null;
  useEffect(() => {
    if (form.current && error) controlOf(form.current, error)?.focus();
  }, [error]);
  useEffect(() => onPending?.(pending), [onPending, pending]);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    if (pending) return;
    const result = await run(new FormData(event.currentTarget));
    if (!result.ok) return;
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
      <ActionErrorAlert error={named ? null : error} />
      {children({ pending, errorOf: (name) => (named && error?.field === name ? error.message : undefined) })}
    </form>
  );
}

/** The text of a named control; "" when there is none. */
export function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
