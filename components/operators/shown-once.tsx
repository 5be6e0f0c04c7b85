import type { ReactNode } from "react";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { Alert } from "@/components/ui/alert";
import { CopyButton } from "@/components/ui/copy-button";
import { OtherAddress } from "./other-address";

/** A secret that is shown this once, ready to be copied, with what there is to know of it (`children`). */
export function ShownOnce({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-3">
      <Field label={label}>
        <Input
          readOnly
          data-secret
          value={value}
          autoFocus
          onFocus={(event) => event.target.select()}
          className="font-mono text-13"
        />
      </Field>
      <div>
        <CopyButton text={value} label={`Copy ${label.toLowerCase()}`} withText size="md" />
      </div>
      <Alert tone="info">{children}</Alert>
      <OtherAddress link={value} />
    </div>
  );
}
