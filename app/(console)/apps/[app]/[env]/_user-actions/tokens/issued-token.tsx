"use client";

import { Check, Copy } from "lucide-react";
import { type ReactNode, type RefObject, useState } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { copyText } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";

interface IssuedTokenProps {
  title: string;
  description: ReactNode;
  accessToken: string;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** An access token, shown once. Closing before it was copied asks. */
export function IssuedToken({ title, description, accessToken, onClose, returnFocusTo }: IssuedTokenProps) {
  const [copied, setCopied] = useState(false);
  const [asking, setAsking] = useState(false);
  const close = () => (copied ? onClose() : setAsking(true));
  const copy = async () => {
    if (!(await copyText(accessToken, "Select the token and copy it by hand."))) return;
    setCopied(true);
    setAsking(false);
  };
  return (
    <Dialog
      onClose={close}
      returnFocusTo={returnFocusTo}
      title={title}
      description={description}
      footer={
        asking ? (
          <>
            <Button onClick={() => setAsking(false)}>Keep open</Button>
            <Button variant="danger-quiet" onClick={onClose}>
              Close without copying
            </Button>
          </>
        ) : (
          <Button variant="primary" onClick={close}>
            Done
          </Button>
        )
      }
    >
      <div className="flex flex-col gap-3">
        <Field label="Access token">
          <div className="flex gap-2">
            <Input
              readOnly
              aria-label="Access token"
              value={accessToken}
              onFocus={(event) => event.target.select()}
              onCopy={() => setCopied(true)}
              className="font-mono text-13"
            />
            <Button icon={copied ? Check : Copy} aria-label="Copy access token" onClick={copy}>
              {copied ? "Copied" : "Copy"}
            </Button>
          </div>
        </Field>
        <p role="status" className="sr-only">
          {copied ? "Access token copied" : ""}
        </p>
        {asking ? (
          <Alert tone="warn" role="alert" title="You haven’t copied the token">
            You won’t see it again, but you can issue another at any time.
          </Alert>
        ) : null}
      </div>
    </Dialog>
  );
}
