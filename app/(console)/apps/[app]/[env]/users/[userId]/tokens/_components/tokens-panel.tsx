"use client";

import { KeyRound, Ticket } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { AbsoluteTime } from "@/components/ui/time";
import { whySoftDeleted } from "@/components/users/user-status";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { useTestToken } from "../../../../_user-actions/tokens/use-test-token";
import { useUserActions } from "../../../../_user-actions/user-actions";

/** From when tokens count, the way to refuse those before now, and in Development a token to test with. */
export function TokensPanel({ user }: { user: UserDetail }) {
  const { environment, whyNot } = useEnvironmentScope();
  const actions = useUserActions();
  const deleted = whySoftDeleted(user);
  const noInvalidate = whyNot("users.invalidate_tokens") ?? deleted;
  return (
    <div className="flex max-w-2xl flex-col gap-4">
      <Card aria-labelledby="valid-from">
        <CardHeader
          id="valid-from"
          title="Valid from"
          description="Access tokens aren’t stored, so there is no list. You can invalidate all issued so far."
        />
        <CardBody>
          {user.tokensValidFrom ? (
            <p className="text-13">
              Tokens issued before <AbsoluteTime date={user.tokensValidFrom} to="second" className="font-medium" /> are
              refused.
            </p>
          ) : (
            <p className="text-13">Every token is accepted until it expires.</p>
          )}
        </CardBody>
        <CardFooter>
          <span>{noInvalidate ?? "Refuses every token issued so far."}</span>
          <Button
            icon={KeyRound}
            variant="danger-quiet"
            disabled={noInvalidate !== null}
            onClick={(event) => actions.invalidate([user], event.currentTarget)}
          >
            Invalidate tokens…
          </Button>
        </CardFooter>
      </Card>
      {environment === "development" ? <TestToken user={user} /> : null}
    </div>
  );
}

function TestToken({ user }: { user: UserDetail }) {
  const { whyNot } = useEnvironmentScope();
  const router = useRouter();
  const button = useRef<HTMLButtonElement>(null);
  const token = useTestToken({ userId: user.userId, returnFocusTo: button });
  const locked = whyNot("users.issue_test_token") ?? whySoftDeleted(user);
  return (
    <Card aria-labelledby="test-token">
      <CardHeader id="test-token" title="Test token" description="Connect as this user in a test. Development only." />
      <CardBody>
        <p className="text-13">The token is shown only once. Earlier ones stay valid.</p>
        <div className="mt-2">
          <CopyAs call={serverApiCalls.issueAccessToken({ userId: user.userId, name: user.name })} />
        </div>
        <div className="mt-2 empty:hidden">
          <ActionErrorAlert error={token.error} />
        </div>
      </CardBody>
      <CardFooter>
        <span>{locked ?? "The audit log records it."}</span>
        <Button
          ref={button}
          icon={Ticket}
          disabled={locked !== null}
          pending={token.pending}
          onClick={async () => {
            if (await token.issue()) router.refresh();
          }}
        >
          Issue test token
        </Button>
      </CardFooter>
      {token.dialog}
    </Card>
  );
}
