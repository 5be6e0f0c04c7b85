"use client";

import { useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Code } from "@/components/ui/id";
import type { OfferedApp } from "@/lib/core/factors/set-up-app";
import { confirmAuthenticatorApp, offerAuthenticatorApp } from "./actions";
import { RecoveryCodes } from "./recovery-codes";

interface SetUpAppProps {
  label: string;
  variant?: "primary" | "secondary";
  className?: string;
  /** After everything was shown and the dialog has closed. */
  onDone: () => void;
}

/** The button and the dialog that bring an authenticator app: scan, type the first code, keep the recovery codes. */
export function SetUpApp({ label, variant = "secondary", className, onDone }: SetUpAppProps) {
  const [offered, setOffered] = useState<OfferedApp | null>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [pending, setPending] = useState(false);
  const offer = useAction((_: null) => offerAuthenticatorApp());
  const start = async () => {
    const result = await offer.run(null);
    if (result.ok) setOffered(result.data);
  };
  const close = () => {
    setOffered(null);
    if (codes !== null) onDone();
    setCodes(null);
  };
  return (
    <>
      <Button variant={variant} className={className} pending={offer.pending} onClick={() => void start()}>
        {label}
      </Button>
      <ActionErrorAlert error={offer.error} />
      <Dialog
        open={offered !== null}
        onClose={close}
        locked={pending || codes !== null}
        title={codes === null ? "Set up an authenticator app" : "Your recovery codes"}
        footer={
          codes === null ? (
            <>
              <Button onClick={close} disabled={pending}>
                Cancel
              </Button>
              <Button type="submit" form="set-up-app" variant="primary" pending={pending}>
                Turn on
              </Button>
            </>
          ) : (
            <Button variant="primary" onClick={close}>
              Done
            </Button>
          )
        }
      >
        {codes !== null ? (
          <RecoveryCodes codes={codes} />
        ) : offered === null ? null : (
          <ActionForm
            id="set-up-app"
            action={(form) => confirmAuthenticatorApp({ ticket: offered.ticket, code: textOf(form, "code") })}
            onPending={setPending}
            onDone={({ recoveryCodes }) => {
              if (recoveryCodes !== null) return setCodes(recoveryCodes);
              setOffered(null);
              onDone();
            }}
          >
            {({ errorOf }) => (
              <>
                <p className="text-13 text-ink-muted">
                  Scan this with an authenticator app, then type the code it shows.
                </p>
                <QrCode qr={offered.qr} />
                <p className="text-13 text-ink-muted">
                  Can’t scan? Type this key: <Code>{offered.secret.replaceAll(/(.{4})(?=.)/g, "$1 ")}</Code>
                </p>
                <Field label="Code" error={errorOf("code")}>
                  <Input
                    name="code"
                    required
                    autoFocus
                    autoComplete="one-time-code"
                    inputMode="numeric"
                    maxLength={7}
                  />
                </Field>
              </>
            )}
          </ActionForm>
        )}
      </Dialog>
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
