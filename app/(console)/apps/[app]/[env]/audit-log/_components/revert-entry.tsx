"use client";

import { Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/toaster";
import type { AuditRow } from "@/lib/core/audit/list-schema";
import type { AuditAction } from "@/lib/core/audit/schema";
import { RevertDialog } from "../../_settings-actions/revert-dialog";

const OF_SETTINGS: ReadonlySet<string> = new Set<AuditAction>(["settings.changed", "settings.reverted"]);

/** The way to put back what stood before an entry's change, where there is one. */
export function RevertEntry({ entry }: { entry: AuditRow }) {
  const { scope, environment, whyNot } = useEnvironmentScope();
  const router = useRouter();
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  if (!OF_SETTINGS.has(entry.action) || entry.result !== "ok") return null;
  const reason = whyNot("settings.change");
  const reverted = () => {
    setOpen(false);
    notify.success("The change is reverted.");
    router.refresh();
  };
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button ref={opener} size="sm" icon={Undo2} disabled={reason !== null} onClick={() => setOpen(true)}>
        Revert…
      </Button>
      {reason === null ? null : <span className="text-ink-muted text-xs">{reason}</span>}
      {open ? (
        <RevertDialog
          scope={scope}
          environment={environment}
          requestId={entry.requestId}
          returnFocusTo={opener}
          onClose={() => setOpen(false)}
          onReverted={reverted}
        />
      ) : null}
    </div>
  );
}
