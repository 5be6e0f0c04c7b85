"use client";

import { type RefObject, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { ShownOnce } from "@/components/operators/shown-once";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { AbsoluteTime } from "@/components/ui/time";
import type { OperatorRow } from "@/lib/core/operators/list-operators";
import { makePasswordLink } from "../actions";

interface Props {
  operator: OperatorRow;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

/** Makes the one-time link by which an operator chooses a new password, and shows it once. */
export function PasswordLinkDialog({ operator, onClose, returnFocusTo }: Props) {
  const { email, name, id } = operator;
  const make = useAction((_: null) => makePasswordLink({ operatorId: id }));
  const [made, setMade] = useState<{ link: string; expiresAt: Date } | null>(null);
  return (
    <Dialog
      onClose={onClose}
      locked={make.pending}
      returnFocusTo={returnFocusTo}
      title={made ? `Link for ${email}` : `Reset the password of ${email}?`}
      description={
        made
          ? "Send them this link. It works once, and you can’t see it again."
          : `Creates a one-time link by which ${name} chooses a new password. Second factors stay.`
      }
      footer={
        made ? (
          <Button variant="primary" onClick={onClose}>
            Done
          </Button>
        ) : (
          <>
            <Button onClick={onClose} disabled={make.pending}>
              Cancel
            </Button>
            <Button
              variant="primary"
              pending={make.pending}
              onClick={() => void make.run(null).then((result) => result.ok && setMade(result.data))}
            >
              Create link
            </Button>
          </>
        )
      }
    >
      {made ? (
        <ShownOnce label="Password link" value={made.link}>
          Anyone with this link can set {name}’s password. It expires <AbsoluteTime date={made.expiresAt} />.
        </ShownOnce>
      ) : (
        <>
          <p className="text-13 text-ink-muted">
            The old password works until the link is used. Then they’re signed out everywhere.
          </p>
          <ActionErrorAlert error={make.error} />
        </>
      )}
    </Dialog>
  );
}
