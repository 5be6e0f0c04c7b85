"use client";

import { Eye, EyeOff } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "./field";
import { Input } from "./input";

interface SecretFieldProps {
  /** "Webhook secret" */
  label: string;
  /** As the buttons say it: "webhook secret". */
  name: string;
  /** Null: it is hidden. */
  secret: string | null;
  mayReveal: boolean;
  pending: boolean;
  onReveal: () => void;
  onHide: () => void;
  /** What else may be done with it. */
  children?: ReactNode;
}

/** A secret that stays hidden until somebody asks for it. */
export function SecretField({ label, name, secret, mayReveal, pending, onReveal, onHide, children }: SecretFieldProps) {
  return (
    <div className="flex flex-wrap items-end gap-2">
      <Field label={label} className="min-w-0 max-w-md flex-1 basis-64">
        <Input
          readOnly
          value={secret ?? "•".repeat(32)}
          onFocus={(event) => (secret ? event.target.select() : undefined)}
          className="font-mono text-13"
        />
      </Field>
      {secret === null ? (
        <Button icon={Eye} pending={pending} disabled={!mayReveal} onClick={onReveal}>
          Reveal {name}
        </Button>
      ) : (
        <>
          <CopyButton text={secret} label={`Copy ${name}`} withText size="md" />
          <Button icon={EyeOff} onClick={onHide}>
            Hide {name}
          </Button>
        </>
      )}
      {children}
    </div>
  );
}
