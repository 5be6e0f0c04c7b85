"use client";

import { type ReactNode, useState } from "react";
import type { Late } from "./late";
import { onIntent } from "./on-intent";
import { type TriggerElement, useTrigger } from "./trigger";

export interface PopoverProps {
  trigger: TriggerElement;
  /** The accessible name of the box, which has the role dialog. */
  label: string;
  align?: "start" | "center" | "end";
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  className?: string;
  /** Parts that stand in it. */
  loads?: readonly Late[];
  children: ReactNode;
}

const PopoverBox = onIntent(() => import("./popover-box").then((part) => part.PopoverBox));

/** A box that opens at a button, for what is no menu. */
export function Popover({ trigger, align = "start", open, onOpenChange, loads = [], ...box }: PopoverProps) {
  const [openHere, setOpenHere] = useState(false);
  const shown = open ?? openHere;
  const change = (next: boolean) => {
    setOpenHere(next);
    onOpenChange?.(next);
  };
  const { element, opened } = useTrigger(trigger, {
    kind: "dialog",
    open: shown,
    onOpenChange: change,
    parts: [PopoverBox, ...loads],
  });
  return (
    <>
      {element}
      {shown ? <PopoverBox {...box} opened={opened} align={align} onClose={() => change(false)} /> : null}
    </>
  );
}
