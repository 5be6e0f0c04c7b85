"use client";

import { useSyncExternalStore } from "react";
import { Alert } from "@/components/ui/alert";
import { Code } from "@/components/ui/id";
import { elsewhere } from "./elsewhere";

const never = () => () => undefined;

/** Says that a link of the console leads to another address than the one it was opened at, and how to change that. */
export function OtherAddress({ link }: { link: string }) {
  const here = useSyncExternalStore(
    never,
    () => window.location.origin,
    () => null,
  );
  const there = here === null ? null : elsewhere(link, here);
  if (there === null) return null;
  return (
    <Alert tone="warn" title={`This address starts with ${there}`}>
      You opened the console at {here}. If others do too, set <Code>PUBLIC_CONSOLE_URL={here}</Code> and restart.
    </Alert>
  );
}
