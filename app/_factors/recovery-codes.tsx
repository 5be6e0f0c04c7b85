"use client";

import { Alert } from "@/components/ui/alert";
import { CopyButton } from "@/components/ui/copy-button";

/** Recovery codes, shown this once. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label="Recovery codes" className="flex flex-col gap-1 rounded-md bg-sunken p-3 font-mono text-13">
        {codes.map((code) => (
          <li key={code} data-secret>
            {code}
          </li>
        ))}
      </ul>
      <div>
        <CopyButton text={codes.join("\n")} label="Copy recovery codes" withText size="md" />
      </div>
      <Alert tone="info">
        Each code signs you in once when your second factor is lost. Keep them where you keep passwords: you can’t see
        them again.
      </Alert>
    </div>
  );
}
