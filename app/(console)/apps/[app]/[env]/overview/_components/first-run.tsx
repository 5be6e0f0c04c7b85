import { Circle, CircleCheck } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { signedCurl } from "@/components/code/signed-curl";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/id";
import { WatchFirstUser } from "./watch-first-user";

interface FirstRunProps {
  scope: { app: string; env: string };
  base: string;
  appKey: string;
  /** Where app servers reach the Server API. */
  apiUrl: string;
  /** Somebody has looked at the App Secret of this environment. */
  secretRevealed: boolean;
  /** The webhook has an address and at least one event. */
  webhookSet: boolean;
}

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
        <div className="flex flex-col gap-2 text-13 text-ink-muted">{children}</div>
      </div>
    </li>
  );
}

const linkStyle = "rounded-sm font-medium text-accent-ink hover:underline";

/** What to do while nobody is registered: in place of charts that would show nothing. */
export function FirstRun({ scope, base, appKey, apiUrl, secretRevealed, webhookSet }: FirstRunProps) {
  return (
    <Card aria-labelledby="first-run">
      <CardHeader
        id="first-run"
        title="Register your first user"
        description="Nobody is registered in this environment yet. Four steps to see it work."
      />
      <CardBody>
        <ol className="flex flex-col gap-6">
          <Step done={secretRevealed} title="1. Get the App Key and the App Secret">
            <p>
              Your app server signs every call with them. The App Key is filled in below; reveal the App Secret under{" "}
              <Link href={`${base}/keys`} className={linkStyle}>
                App Keys
              </Link>
              .
            </p>
          </Step>
          <Step done={false} title="2. Register a user">
            <p>
              Issuing an access token for a new user ID registers it. Run this in a terminal (bash or zsh) with your App
              Secret in the second line:
            </p>
            <CodeBlock
              label="signed request"
              code={signedCurl({
                apiUrl,
                appKey,
                path: "/v4/auth/access-token/issue",
                body: { userId: "alice", name: "Alice" },
              })}
            />
            <WatchFirstUser scope={scope} />
          </Step>
          <Step done={false} title="3. Connect a client">
            <p>
              The user stands under{" "}
              <Link href={`${base}/users`} className={linkStyle}>
                Users
              </Link>{" "}
              at once, and is online there as soon as a client connects with the access token
              {scope.env === "development" ? (
                <>
                  : yours, or the{" "}
                  <Link href={`${base}/test-client`} className={linkStyle}>
                    test client
                  </Link>
                </>
              ) : null}
              . What you do to the user is recorded in the{" "}
              <Link href={`${base}/audit-log`} className={linkStyle}>
                audit log
              </Link>
              .
            </p>
          </Step>
          <Step done={webhookSet} title="4. Turn on webhooks">
            <p>
              Your server is told who came online, who became friends and who was deleted once you give an address and
              choose events under{" "}
              <Link href={`${base}/webhooks`} className={linkStyle}>
                Webhooks
              </Link>
              .
            </p>
          </Step>
        </ol>
      </CardBody>
    </Card>
  );
}
