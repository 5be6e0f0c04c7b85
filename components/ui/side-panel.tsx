"use client";

import type { ReactNode } from "react";
import { onIntent } from "./on-intent";

export interface SidePanelProps {
  open: boolean;
  /** Small, above the title: what kind of thing this is, and its number. */
  kicker: ReactNode;
  title: ReactNode;
  /** What it shows is still being read. */
  busy?: boolean;
  children: ReactNode;
  onClose(): void;
  /** Puts the focus back where the panel was opened. */
  onClosed(): void;
}

/** One row of a list in full, beside the list; on a phone over the whole screen. Escape closes it. */
export const SidePanel = onIntent<SidePanelProps>(() => import("./side-panel-box").then((part) => part.SidePanelBox));
