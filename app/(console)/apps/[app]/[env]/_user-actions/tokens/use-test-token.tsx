"use client";

import { type ReactNode, type RefObject, useState } from "react";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { localTime } from "@/components/ui/time-format";
import type { ActionError } from "@/lib/console/action-result";
import type { IssuedToken as Token } from "@/lib/core/tokens/issue-token";
import { issueTestTokenAction } from "../actions";
import { IssuedToken } from "./issued-token";

interface TestTokenOptions {
  userId: string;
  /** After the dialog with the token was closed. */
  onClose?: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

interface TestToken {
  /** Issues one and shows it; gives whether it was issued. */
  issue(): Promise<boolean>;
  readonly pending: boolean;
  readonly error: ActionError | null;
  /** The dialog that shows the token once; null: there is none to show. */
  readonly dialog: ReactNode;
}

/** A token to try a user with. Development only: the core refuses it anywhere else. */
export function useTestToken({ userId, onClose, returnFocusTo }: TestTokenOptions): TestToken {
  const { scope } = useEnvironmentScope();
  const [issued, setIssued] = useState<Token | null>(null);
  const { run, pending, error } = useAction(() => issueTestTokenAction(scope, { userId }));
  return {
    async issue() {
      const result = await run(undefined);
      if (result.ok) setIssued(result.data);
      return result.ok;
    },
    pending,
    error,
    dialog:
      issued === null ? null : (
        <IssuedToken
          title={`Test token for ${userId}`}
          description={
            issued.expiresAt
              ? `Valid until ${localTime(new Date(issued.expiresAt))}. It is shown only once.`
              : "Valid until it is invalidated. It is shown only once."
          }
          accessToken={issued.accessToken}
          onClose={() => {
            setIssued(null);
            onClose?.();
          }}
          returnFocusTo={returnFocusTo}
        />
      ),
  };
}
