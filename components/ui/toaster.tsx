"use client";

import { useEffect, useState } from "react";
import { whenToastsWanted } from "./notify";
import { onIntent } from "./on-intent";

const ToastBox = onIntent(() => import("./toast-box").then((part) => part.ToastBox));

/** Once, in the root layout. */
export function Toaster() {
  const [open, setOpen] = useState(false);
  useEffect(() => whenToastsWanted(() => setOpen(true)), []);
  return <ToastBox open={open} onClose={() => setOpen(false)} />;
}
