"use client";

import { SquareArrowOutUpRight, Ticket } from "lucide-react";
import { useEffect, useRef } from "react";
import { ErrorReference } from "@/components/failure/error-reference";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { Alert } from "@/components/ui/alert";
import { Avatar } from "@/components/ui/avatar";
import { Button, LinkButton } from "@/components/ui/button";
import { Name } from "@/components/ui/name";
import { UserStatusBadge, whySoftDeleted } from "@/components/users/user-status";
import type { ActionError } from "@/lib/console/action-result";
import type { ExistingUser } from "@/lib/core/errors";

interface ExistingUserAlertProps {
  user: ExistingUser;
  /** Of the refusal. */
  requestId: string;
  /** Issuing a test token; Development only. */
  token: { issue(): Promise<boolean>; readonly pending: boolean; readonly error: ActionError | null };
}

/** The id that was typed is somebody's: who that is, and what was probably meant. Nothing was changed. */
export function ExistingUserAlert({ user, requestId, token }: ExistingUserAlertProps) {
  const { base, environment, whyNot } = useEnvironmentScope();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.focus(), []);
  const deleted = whySoftDeleted(user);
  const noToken = whyNot("users.issue_test_token") ?? deleted;
  return (
    <>
      <Alert ref={box} tabIndex={-1} tone="warn" role="alert" title={`${user.userId} is already registered`}>
        <div className="flex flex-col gap-2.5">
          <p>{deleted ? "This user is soft-deleted, so the ID stays taken." : "Nothing changed."}</p>
          <div className="flex min-w-0 flex-wrap items-center gap-2 text-ink">
            <Avatar name={user.name || user.userId} url={user.avatarUrl} />
            {user.name ? <Name text={user.name} className="min-w-0 truncate font-medium" /> : null}
            <UserStatusBadge user={user} />
          </div>
          <div className="flex flex-wrap gap-2">
            <LinkButton href={userHref(base, user.userId)} icon={SquareArrowOutUpRight} data-unguarded>
              Open user
            </LinkButton>
            {environment === "development" ? (
              <Button
                icon={Ticket}
                disabled={noToken !== null}
                title={noToken ?? undefined}
                pending={token.pending}
                onClick={() => void token.issue()}
              >
                Issue test token
              </Button>
            ) : null}
          </div>
          <ErrorReference code="user_exists" requestId={requestId} />
        </div>
      </Alert>
      <ActionErrorAlert error={token.error} />
    </>
  );
}
