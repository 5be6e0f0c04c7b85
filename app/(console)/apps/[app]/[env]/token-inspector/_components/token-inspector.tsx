"use client";

import { KeyRound } from "lucide-react";
import { type FormEvent, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { Textarea } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Link } from "@/components/ui/link";
import { AbsoluteTime } from "@/components/ui/time";
import { localTime } from "@/components/ui/time-format";
import type { InspectedToken, TokenVerdict } from "@/lib/core/tokens/inspect-token";
import { useUserActions } from "../../_user-actions/user-actions";
import { UserActionsProvider } from "../../_user-actions/user-actions-provider";
import { inspectTokenAction } from "../actions";
import { verdictWords } from "./verdict-words";

/** A token goes in, and what it says comes out. It stands in no address and is not kept over a reload. */
export function TokenInspector() {
  const { scope, whyNot } = useEnvironmentScope();
  const [token, setToken] = useState("");
  const [inspected, setInspected] = useState<InspectedToken | null>(null);
  const inspect = useAction((pasted: string) => inspectTokenAction(scope, { token: pasted }));
  const noInspect = whyNot("tokens.inspect");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void look();
  };
  const look = async () => {
    if (token.trim() === "" || inspect.pending) return;
    const result = await inspect.run(token.trim());
    setInspected(result.ok ? result.data : null);
  };
  return (
    <div className="flex flex-col gap-4">
      <form method="post" onSubmit={submit} noValidate data-secret className="flex flex-col gap-3">
        <Field label="Access token" error={inspect.error?.field === "token" ? inspect.error.message : undefined}>
          <Textarea
            value={token}
            rows={3}
            readOnly={noInspect !== null}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            className="font-mono [overflow-wrap:anywhere]"
            onChange={(event) => {
              setToken(event.target.value);
              setInspected(null);
            }}
          />
        </Field>
        {noInspect === null ? null : <p className="text-ink-muted text-xs">{noInspect}</p>}
        <ActionErrorAlert error={inspect.error?.field ? null : inspect.error} />
        <Button
          type="submit"
          variant="primary"
          pending={inspect.pending}
          disabled={token.trim() === "" || noInspect !== null}
          className="self-start"
        >
          Inspect token
        </Button>
      </form>
      {inspected === null ? null : (
        // What stands now: a token that was accepted is refused once the user's tokens are invalidated.
        <UserActionsProvider onChanged={() => void look()}>
          <Inspected inspected={inspected} />
        </UserActionsProvider>
      )}
    </div>
  );
}

/** Verdicts on tokens of whom no other token can be invalidated here. */
const NOBODY_HERE: ReadonlySet<TokenVerdict> = new Set<TokenVerdict>([
  "other_environment",
  "unknown_user",
  "soft_deleted",
]);

function Inspected({ inspected }: { inspected: InspectedToken }) {
  const { base, whyNot } = useEnvironmentScope();
  const actions = useUserActions();
  const { verdict, claims, validFrom, invalidatedBy, bannedUntil } = inspected;
  const { title, detail } = verdictWords(inspected, validFrom === null ? null : localTime(validFrom, "second"));
  const known = claims !== null && !NOBODY_HERE.has(verdict);
  const noInvalidate = whyNot("users.invalidate_tokens");
  return (
    <section aria-label="Result" data-state="ready" className="flex flex-col gap-4">
      <Alert role="status" tone={verdict === "accepted" ? "ok" : "danger"} title={title}>
        {detail}
      </Alert>
      {claims === null ? null : (
        <Card>
          <CardBody className="pt-4">
            <KeyValueList
              items={[
                {
                  key: "User",
                  value:
                    verdict === "other_environment" ? (
                      <code>{claims.userId}</code>
                    ) : (
                      <Link
                        href={userHref(base, claims.userId, "tokens")}
                        className="font-medium text-accent-ink hover:underline"
                      >
                        <code>{claims.userId}</code>
                      </Link>
                    ),
                },
                { key: "Issued", value: <AbsoluteTime to="second" date={claims.issuedAt} /> },
                {
                  key: "Expires",
                  value: claims.expiresAt === null ? "Never" : <AbsoluteTime to="second" date={claims.expiresAt} />,
                },
                ...(validFrom === null
                  ? []
                  : [
                      {
                        key: "Tokens valid from",
                        value: (
                          <>
                            <AbsoluteTime to="second" date={validFrom} />
                            {invalidatedBy === null ? "" : `, set by ${invalidatedBy}`}
                          </>
                        ),
                      },
                    ]),
                ...(bannedUntil === null ? [] : [{ key: "Banned until", value: <AbsoluteTime date={bannedUntil} /> }]),
              ]}
            />
          </CardBody>
          {known ? (
            <CardFooter>
              <span>{noInvalidate ?? "Refuses every token of the user issued so far."}</span>
              <Button
                icon={KeyRound}
                variant="danger-quiet"
                disabled={noInvalidate !== null}
                onClick={(event) => actions.invalidate([{ userId: claims.userId }], event.currentTarget)}
              >
                Invalidate tokens…
              </Button>
            </CardFooter>
          ) : null}
        </Card>
      )}
    </section>
  );
}
