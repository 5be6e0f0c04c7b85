"use client";

import { type ComponentProps, cloneElement, type ReactElement, useCallback, useId, useRef, useState } from "react";
import { type Late, loadsAhead } from "./late";

export type TriggerElement = ReactElement<ComponentProps<"button">>;

/** What a box that opens at a button needs of it. */
export interface OpenedBy {
  readonly triggerId: string;
  readonly boxId: string;
  readonly trigger: { readonly current: HTMLElement | null };
  /** It was opened by a key: the first entry gets the focus. */
  readonly byKey: boolean;
}

interface Opening {
  readonly kind: "menu" | "dialog";
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What is loaded as soon as somebody comes to the button. */
  readonly parts: readonly Late[];
}

/** Makes a button the one that opens a box: a menu when it is pressed and by the arrow key, another box on a click. */
export function useTrigger(button: TriggerElement, { kind, open, onOpenChange, parts }: Opening) {
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const given = button.props.ref;
  const ref = useCallback(
    (node: HTMLButtonElement | null) => {
      trigger.current = node;
      if (typeof given === "function") given(node);
      else if (given) given.current = node;
    },
    [given],
  );
  const [byKey, setByKey] = useState(false);
  const opened: OpenedBy = { triggerId: button.props.id ?? `${id}-trigger`, boxId: `${id}-box`, trigger, byKey };
  const toggle = (key: boolean) => {
    setByKey(key);
    onOpenChange(!open);
  };
  const ahead = loadsAhead(...parts);
  const { onPointerEnter, onPointerDown, onFocus, onClick, onKeyDown } = button.props;
  const element = cloneElement(button, {
    id: opened.triggerId,
    ref,
    "aria-haspopup": kind,
    "aria-expanded": open,
    "aria-controls": open ? opened.boxId : undefined,
    ...({ "data-state": open ? "open" : "closed" } as object),
    onPointerEnter: (event) => {
      onPointerEnter?.(event);
      ahead.onPointerEnter();
    },
    onFocus: (event) => {
      onFocus?.(event);
      ahead.onFocus();
    },
    onPointerDown: (event) => {
      onPointerDown?.(event);
      if (kind !== "menu" || event.button !== 0 || event.ctrlKey) return;
      toggle(false);
      // The box takes the focus, once it is there.
      if (!open) event.preventDefault();
    },
    onClick: (event) => {
      onClick?.(event);
      if (kind === "dialog") toggle(false);
    },
    onKeyDown: (event) => {
      onKeyDown?.(event);
      if (kind !== "menu" || !["Enter", " ", "ArrowDown"].includes(event.key)) return;
      event.preventDefault();
      if (event.key !== "ArrowDown" || !open) toggle(true);
    },
  });
  return { element, opened };
}
