"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "./button";
import { notify } from "./notify";

/** Puts a text on the clipboard and gives true; where the browser does not allow it, says so with what to do instead. */
export async function copyText(text: string, otherwise: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    notify.failure(`The browser blocked copying. ${otherwise}`);
    return false;
  }
}

/** Copies a text; `copied` is true for two seconds afterwards. */
export function useCopy(text: string) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    if (!(await copyText(text, "Select the text and copy it yourself."))) return;
    setCopied(true);
    window.setTimeout(() => setCopied(false), 2000);
  };
  return { copied, copy };
}

export interface CopyButtonProps {
  /** What goes to the clipboard. */
  text: string;
  /** The accessible name: "Copy App Key". */
  label: string;
  /** Shows the word Copy beside the icon. */
  withText?: boolean;
  size?: "sm" | "md";
  className?: string;
}

export function CopyButton({ text, label, withText, size = "sm", className }: CopyButtonProps) {
  const { copied, copy } = useCopy(text);
  const icon = copied ? Check : Copy;
  return (
    <>
      {withText ? (
        <Button size={size} icon={icon} aria-label={label} onClick={copy} className={className}>
          {copied ? "Copied" : "Copy"}
        </Button>
      ) : (
        <IconButton size={size} icon={icon} label={label} onClick={copy} className={className} />
      )}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </>
  );
}
