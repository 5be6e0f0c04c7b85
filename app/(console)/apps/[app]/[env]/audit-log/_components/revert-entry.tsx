"use client";

import { Undo2 } from "lucide-react";
import { useRef, useState } from "react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/notify";
import { onIntent } from "@/components/ui/on-intent";
import type { AuditRow } from "@/lib/core/audit/list-schema";
import type { Permission } from "@/lib/core/permissions";

const RevertDialog = onIntent(() => import("../../_settings-actions/revert-dialog").then((part) => part.RevertDialog));
const RevertLimitDialog = onIntent(() =>
  import("../../_settings-actions/revert-limit-dialog").then((part) => part.RevertLimitDialog),
);

/** What reverting an entry takes; null where it cannot be reverted. */
function permissionToRevert({ action, result }: AuditRow): Permission | null {
  if (result !== "ok") return null;
  if (action === "settings.changed" || action === "settings.reverted") return "settings.change";
  return action === "quota.user_limit_changed" ? "quota.change" : null;
}

/** The way to put back what stood before an entry's change, where there is one. */
export function RevertEntry({ entry, onReverted }: { entry: AuditRow; onReverted: () => void }) {
  const { scope, environment, whyNot } = useEnvironmentScope();
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const permission = permissionToRevert(entry);
  if (permission === null) return null;
  const reason = whyNot(permission);
  const dialog = {
    scope,
    returnFocusTo: opener,
    onClose: () => setOpen(false),
    onReverted: () => {
      setOpen(false);
      notify.success("Change reverted.");
      onReverted();
    },
  };
  const { before, after } = entry;
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button ref={opener} size="sm" icon={Undo2} disabled={reason !== null} onClick={() => setOpen(true)}>
        Revert…
      </Button>
      {reason === null ? null : <span className="text-ink-muted text-xs">{reason}</span>}
      {!open ? null : permission === "quota.change" ? (
        <RevertLimitDialog {...dialog} before={Number(before?.limit)} after={Number(after?.limit)} />
      ) : (
        <RevertDialog {...dialog} environment={environment} requestId={entry.requestId} />
      )}
    </div>
  );
}
