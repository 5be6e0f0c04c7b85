"use client";

import { useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { Code } from "@/components/ui/id";
import type { OfferedApp } from "@/lib/core/factors/set-up-app";
import { confirmAuthenticatorApp, offerAuthenticatorApp } from "./actions";
import { type FactorButtonProps, FactorDialog } from "./factor-dialog";

/** The button and the dialog that bring an authenticator app: scan, type the first code, keep the recovery codes. */
export function SetUpApp({ label, variant = "secondary", className, onDone }: FactorButtonProps) {
  const [offered, setOffered] = useState<OfferedApp | null>(null);
  const offer = useAction((_: null) => offerAuthenticatorApp());
  const start = async () => {
    const result = await offer.run(null);
    if (result.ok) setOffered(result.data);
  };
  return (
    <>
      <Button variant={variant} className={className} pending={offer.pending} onClick={() => void start()}>
        {label}
      </Button>
      <ActionErrorAlert error={offer.error} />
      <FactorDialog
        open={offered !== null}
        onClose={() => setOffered(null)}
        onDone={onDone}
        id="set-up-app"
        title="Set up an authenticator app"
        submitLabel="Turn on"
        action={(form) => confirmAuthenticatorApp({ ticket: offered?.ticket ?? "", code: textOf(form, "code") })}
      >
        {({ errorOf }) =>
          offered === null ? null : (
            <>
              <p className="text-13 text-ink-muted">
                Scan this with an authenticator app, then type the code it shows.
              </p>
              <QrCode qr={offered.qr} />
              <p className="text-13 text-ink-muted">
                Can’t scan? Type this key: <Code>{offered.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</Code>
              </p>
              <Field label="Code" error={errorOf("code")}>
                <Input name="code" required autoFocus autoComplete="one-time-code" inputMode="numeric" maxLength={7} />
              </Field>
            </>
          )
        }
      </FactorDialog>
    </>
  );
}

/** On white in whatever theme: scanners want dark on light. */
function QrCode({ qr: { size, path } }: { qr: OfferedApp["qr"] }) {
  return (
    <svg
      role="img"
      aria-label="QR code"
      data-secret
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-44 self-center rounded-md"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
