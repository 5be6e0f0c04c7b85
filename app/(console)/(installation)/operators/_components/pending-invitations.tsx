"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ROLE_WORDS } from "@/components/layout/frame-data";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import { RelativeTime } from "@/components/ui/time";
import type { InvitationRow } from "@/lib/core/operators/list-operators";
import { revokeInvitation } from "../actions";

/** Links that were made and neither used nor revoked. Nothing where there are none. */
export function PendingInvitations({ invitations }: { invitations: readonly InvitationRow[] }) {
  const router = useRouter();
  const [revoking, setRevoking] = useState<InvitationRow | null>(null);
  if (invitations.length === 0 && revoking === null) return null;
  return (
    <Card aria-labelledby="pending-invitations" className="mt-6">
      <CardHeader id="pending-invitations" title="Pending invitations" />
      <ul className="divide-y border-t text-13">
        {invitations.map((invitation) => (
          <li key={invitation.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 py-2">
            <div className="min-w-0">
              <p className="truncate font-medium">{invitation.email}</p>
              <p className="text-ink-muted text-xs">
                {ROLE_WORDS[invitation.role].label}, invited by {invitation.createdByName}{" "}
                <RelativeTime date={invitation.createdAt} />, link expires <RelativeTime date={invitation.expiresAt} />
              </p>
            </div>
            <Button
              size="sm"
              variant="danger-quiet"
              aria-label={`Revoke the invitation of ${invitation.email}`}
              onClick={() => setRevoking(invitation)}
            >
              Revoke…
            </Button>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={revoking !== null}
        onClose={() => setRevoking(null)}
        title={`Revoke the invitation of ${revoking?.email ?? ""}?`}
        effect="Their link stops working at once."
        undo="You can invite them again with a new link."
        confirmLabel="Revoke invitation"
        onConfirm={() => revokeInvitation({ invitationId: revoking?.id ?? "" })}
        onDone={() => {
          notify.success("Invitation revoked.");
          router.refresh();
        }}
      />
    </Card>
  );
}
