"use client";

import { Circle, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";
import { useApiPlace } from "@/components/code/api-place";
import { signedCurl } from "@/components/code/signed-curl";
import {
  type EnvironmentScopeProps,
  EnvironmentScopeProvider,
  useEnvironmentScope,
} from "@/components/layout/environment-scope";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/id";
import { Link } from "@/components/ui/link";
import type { FirstSteps as Steps } from "@/lib/core/overview/get-first-steps";
import { HideFirstSteps } from "./hide-first-steps";
import { WatchFirstUser } from "./watch-first-user";

interface FirstStepsProps extends EnvironmentScopeProps {
  steps: Steps;
}

/** The way from an empty environment to one that an app uses: what is done is ticked, what is to do is explained. */
export function FirstSteps({ steps, ...scope }: FirstStepsProps) {
  return (
    <EnvironmentScopeProvider {...scope}>
      <StepList {...steps} />
    </EnvironmentScopeProvider>
  );
}

/** `children`, what there is to do, stand only while it is not done. */
function Step({ done, title, children }: { done: boolean; title: string; children: ReactNode }) {
  const Icon = done ? CircleCheck : Circle;
  return (
    <li className="flex gap-3">
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${done ? "text-ok-ink" : "text-ink-faint"}`} />
      <div className="flex min-w-0 flex-1 flex-col gap-2">
        <h3 className="font-medium text-13">
          {title}
          <span className="sr-only">{done ? " (done)" : " (to do)"}</span>
        </h3>
        {done ? null : <div className="flex flex-col gap-2 text-13 text-ink-muted">{children}</div>}
      </div>
    </li>
  );
}

const linkStyle = "rounded-sm font-medium text-accent-ink hover:underline";

function StepList({ secretSeen, userRegistered, clientConnected, webhookSet }: Steps) {
  const { base, environment, whyNot } = useEnvironmentScope();
  const place = useApiPlace();
  const noReveal = whyNot("keys.reveal");
  const noWebhook = whyNot("webhooks.change");
  const steps = [secretSeen, userRegistered, clientConnected, webhookSet];
  const testClient = environment === "development" && whyNot("users.issue_test_token") === null;
  return (
    <Card aria-labelledby="first-steps">
      <CardHeader
        id="first-steps"
        title={userRegistered ? "First steps" : "Register your first user"}
        description={
          userRegistered
            ? `${steps.filter(Boolean).length} of ${steps.length} done.`
            : "No users yet. See it work in four steps."
        }
        action={userRegistered ? <HideFirstSteps path={base} /> : undefined}
      />
      <CardBody>
        <ol className="flex flex-col gap-6">
          <Step done={secretSeen} title="1. Get the App Key and the App Secret">
            <p>
              Your app server signs every call with them. You’ll find the App Key under{" "}
              <Link href={`${base}/keys`} className={linkStyle}>
                App Keys
              </Link>
              {noReveal === null ? "; reveal the App Secret there." : `. Revealing the App Secret: ${noReveal}`}
            </p>
          </Step>
          <Step done={userRegistered} title="2. Register a user">
            <p>
              Issuing an access token for a new user ID registers the user.{" "}
              {noReveal === null
                ? "Run this in a terminal (bash or zsh) with your App Secret in the second line:"
                : "Ask whoever has the App Secret to run this in a terminal (bash or zsh), with the secret in the second line:"}
            </p>
            {place === null ? null : (
              <CodeBlock
                label="signed request"
                code={signedCurl({
                  ...place,
                  path: "/v4/auth/access-token/issue",
                  body: { userId: "alice", name: "Alice" },
                })}
              />
            )}
            <WatchFirstUser />
          </Step>
          <Step done={clientConnected} title="3. Connect a client">
            <p>
              The user is under{" "}
              <Link href={`${base}/users`} className={linkStyle}>
                Users
              </Link>{" "}
              at once, and online as soon as a client connects with the access token
              {testClient ? (
                <>
                  : yours, or the{" "}
                  <Link href={`${base}/test-client`} className={linkStyle}>
                    test client
                  </Link>
                </>
              ) : null}
              . The{" "}
              <Link href={`${base}/audit-log`} className={linkStyle}>
                audit log
              </Link>{" "}
              records what you do to the user.
            </p>
          </Step>
          <Step done={webhookSet} title="4. Turn on webhooks">
            <p>
              Your server hears who comes online, who becomes friends and who is deleted once{" "}
              {noWebhook === null ? "you enter an address and choose events" : "it has an address and events"} under{" "}
              <Link href={`${base}/webhooks`} className={linkStyle}>
                Webhooks
              </Link>
              .{noWebhook === null ? "" : ` Changing the webhook: ${noWebhook}`}
            </p>
          </Step>
        </ol>
      </CardBody>
    </Card>
  );
}
