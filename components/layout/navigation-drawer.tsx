"use client";

import { Menu } from "lucide-react";
import { useState } from "react";
import { IconButton } from "@/components/ui/button";
import { onIntent } from "@/components/ui/on-intent";
import { useTrigger } from "@/components/ui/trigger";
import type { FrameOperator, FramePlace } from "./frame-data";

const DrawerBox = onIntent(() => import("./drawer-box").then((part) => part.DrawerBox));

/** The menu on narrow screens, behind a button. */
export function NavigationDrawer({ place, operator }: { place: FramePlace | null; operator: FrameOperator }) {
  const [open, setOpen] = useState(false);
  const { element, opened } = useTrigger(
    <IconButton icon={Menu} label="Open navigation" className="-ml-1 lg:hidden" />,
    { kind: "dialog", open, onOpenChange: setOpen, parts: [DrawerBox] },
  );
  return (
    <>
      {element}
      <DrawerBox open={open} onClose={() => setOpen(false)} opened={opened} place={place} operator={operator} />
    </>
  );
}
