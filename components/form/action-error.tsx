"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { Alert } from "@/components/ui/alert";
import { cn } from "@/components/ui/class-names";
import { CopyButton } from "@/components/ui/copy-button";
import type { ActionError } from "@/lib/console/action-result";
import { conflictSentence } from "./conflict";

const sentenceOf = ({ conflict, message }: ActionError) => (conflict ? conflictSentence(conflict) : message);

/** A refusal with its code and request id, for a toast. */
export const refusalSentence = (error: ActionError) =>
  `${sentenceOf(error)} Code ${error.code}${error.requestId ? `, request ${error.requestId}` : ""}.`;

/** Code and request id of a refusal, in small print, ready to copy into a report. */
export function ErrorReference({
  code,
  requestId,
  className,
}: {
  code: string;
  requestId: string;
  className?: string;
}) {
  return (
    <span className={cn("flex flex-wrap items-center gap-x-2 text-ink-muted text-xs", className)}>
      <span>
        Code <code>{code}</code>
      </span>
      {requestId ? (
        <span>
          Request id <code className="break-all">{requestId}</code>{" "}
          <CopyButton text={requestId} label="Copy request id" className="size-5 align-middle" />
        </span>
      ) : null}
    </span>
  );
}

/** A refused act: the sentence, code and request id, read out at once and focused. Nothing when there is no error. */
export function ActionErrorAlert({
  error,
  title,
  action,
}: {
  error: ActionError | null;
  title?: string;
  /** A way out, such as Reload. */
  action?: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const pathname = usePathname();
  useEffect(() => {
    if (error) box.current?.focus();
  }, [error]);
  if (!error) return null;
  return (
    <Alert tone="danger" role="alert" ref={box} tabIndex={-1} title={title} action={action}>
      <p>{sentenceOf(error)}</p>
      {error.code === "not_signed_in" ? (
        <p>
          <Link
            href={`/sign-in?next=${encodeURIComponent(pathname)}`}
            className="font-medium text-accent-ink underline"
          >
            Sign in again
          </Link>
        </p>
      ) : null}
      <ErrorReference code={error.code} requestId={error.requestId} />
    </Alert>
  );
}
