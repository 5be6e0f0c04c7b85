"use client";

import { KeyRound, Smartphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { newRecoveryCodes, removeAuthenticatorApp, removeOwnPasskey } from "@/app/_factors/actions";
import { AddPasskey } from "@/app/_factors/add-passkey";
import { RecoveryCodes } from "@/app/_factors/recovery-codes";
import { SetUpApp } from "@/app/_factors/set-up-app";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Dialog } from "@/components/ui/dialog";
import { notify } from "@/components/ui/notify";
import { RelativeTime } from "@/components/ui/time";
import type { FactorRow, OwnFactors as Factors } from "@/lib/core/factors/schema";
import type { OwnWays } from "@/lib/core/operators/own-ways";

/** What the operator proves themselves with besides the password. */
export function OwnFactors({ own, ways }: { own: Factors; ways: OwnWays }) {
  const router = useRouter();
  const added = (what: string) => () => {
    notify.success(`${what} added.`);
    router.refresh();
  };
  const hasApp = own.factors.some(({ kind }) => kind === "app");
  return (
    <Card aria-labelledby="factors">
      <CardHeader
        id="factors"
        title="Second factors"
        description="Signing in takes one of them besides your password. A passkey alone is enough, too."
        action={
          <>
            {own.passkeys ? <AddPasskey label="Add passkey" onDone={added("Passkey")} /> : null}
            {hasApp ? null : <SetUpApp label="Set up app" onDone={added("Authenticator app")} />}
          </>
        }
      />
      {own.factors.length === 0 ? (
        <CardBody className="text-13 text-ink-muted">
          {ways.issuer === null ? "Your password" : ways.password ? `Your password or ${ways.issuer}` : ways.issuer}{" "}
          alone signs you in.
        </CardBody>
      ) : (
        <>
          <ul aria-label="Second factors" className="divide-y border-t text-13">
            {own.factors.map((factor) => (
              <FactorItem key={factor.id} factor={factor} />
            ))}
          </ul>
          <CardFooter>
            <span>{own.codesLeft === 1 ? "1 recovery code left" : `${own.codesLeft} recovery codes left`}</span>
            <NewCodes />
          </CardFooter>
        </>
      )}
    </Card>
  );
}

function FactorItem({ factor }: { factor: FactorRow }) {
  const router = useRouter();
  const opener = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  const { kind, id, name, createdAt, lastUsedAt } = factor;
  const Icon = kind === "app" ? Smartphone : KeyRound;
  const verb = kind === "app" ? "Turn off" : "Remove";
  return (
    <li className="flex min-h-10 flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2">
      <span className="flex min-w-0 items-center gap-2">
        <Icon aria-hidden className="size-4 shrink-0 text-ink-muted" />
        <span className="break-all font-medium">{name}</span>
      </span>
      <span className="ml-auto text-ink-muted">
        added <RelativeTime date={createdAt} />,{" "}
        {lastUsedAt === null ? (
          "never used"
        ) : (
          <>
            last used <RelativeTime date={lastUsedAt} />
          </>
        )}
      </span>
      <Button
        ref={opener}
        size="sm"
        variant="danger-quiet"
        aria-label={`${verb} ${kind === "app" ? "the authenticator app" : `the passkey ${name}`}`}
        onClick={() => setAsking(true)}
      >
        {verb}…
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        returnFocusTo={opener}
        title={kind === "app" ? "Turn off the authenticator app?" : `Remove the passkey ${name}?`}
        effect={kind === "app" ? "Its codes no longer sign you in." : "It no longer signs you in."}
        undo={kind === "app" ? "You can set it up again." : "You can add another passkey."}
        confirmLabel={kind === "app" ? "Turn off app" : `Remove ${name}`}
        onConfirm={() => (kind === "app" ? removeAuthenticatorApp() : removeOwnPasskey({ passkeyId: id }))}
        onDone={() => {
          notify.success(kind === "app" ? "Authenticator app turned off." : `${name} removed.`);
          router.refresh();
        }}
      />
    </li>
  );
}

function NewCodes() {
  const router = useRouter();
  const opener = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  return (
    <>
      <Button ref={opener} size="sm" onClick={() => setAsking(true)}>
        New recovery codes…
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        returnFocusTo={opener}
        title="Make new recovery codes?"
        effect="Ten new codes take the place of the old ones, which stop working."
        confirmLabel="Make codes"
        tone="primary"
        onConfirm={() => newRecoveryCodes()}
        onDone={({ recoveryCodes }) => {
          setCodes(recoveryCodes);
          router.refresh();
        }}
      />
      <Dialog
        open={codes !== null}
        onClose={() => setCodes(null)}
        returnFocusTo={opener}
        title="Your recovery codes"
        footer={
          <Button variant="primary" onClick={() => setCodes(null)}>
            Done
          </Button>
        }
      >
        <RecoveryCodes codes={codes ?? []} />
      </Dialog>
    </>
  );
}
