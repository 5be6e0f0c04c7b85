"use client";

import { Button } from "@/components/ui/button";
import type { ActionError } from "@/lib/console/action-result";
import { ActionErrorAlert } from "./action-error";

interface AskedErrorProps {
  /** "Could not count what would go" */
  title: string;
  /** Of `useAskedOnce`; null: nothing is shown. */
  error: ActionError | null;
  again: () => void;
  /** Of the button that asks again. */
  label?: string;
}

/** Where what an act would do could not be found out: why, and the way to ask again. */
export function AskedError({ title, error, again, label = "Try again" }: AskedErrorProps) {
  if (error === null) return null;
  return (
    <>
      <ActionErrorAlert error={error} title={title} />
      <div>
        <Button size="sm" onClick={again}>
          {label}
        </Button>
      </div>
    </>
  );
}
