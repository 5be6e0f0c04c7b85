"use client";

import { useRouter } from "next/navigation";
import { type RefObject, useState } from "react";
import { RadioGroup } from "@/components/form/radio-group";
import { ROLE_WORDS } from "@/components/layout/frame-data";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import type { OperatorRole } from "@/lib/core/actor";
import type { Conflict } from "@/lib/core/errors";
import { OPERATOR_ROLES } from "@/lib/core/permissions";
import { changeOperatorRole } from "../actions";

export const ROLE_OPTIONS = OPERATOR_ROLES.toReversed().map((role) => ({
  value: role,
  label: ROLE_WORDS[role].label,
  description: ROLE_WORDS[role].may,
}));

/** What the page shows of an operator, for a change that must not meet another one; of a conflict, what it says. */
export function seenOperator(
  { role, disabledAt }: { readonly role: OperatorRole; readonly disabledAt: Date | null },
  conflict: Conflict | null = null,
) {
  const shown = { role, disabled: disabledAt !== null };
  return conflict === null ? shown : (conflict.current as typeof shown);
}

interface Props {
  open: boolean;
  onClose: () => void;
  operator: { id: string; email: string; name: string; role: OperatorRole; disabledAt: Date | null };
  isSelf: boolean;
  returnFocusTo: RefObject<HTMLElement | null>;
}

export function ChangeRoleDialog({ open, onClose, operator, isSelf, returnFocusTo }: Props) {
  const router = useRouter();
  const [role, setRole] = useState(operator.role);
  const label = ROLE_WORDS[role].label;
  return (
    <ConfirmDialog
      open={open}
      onClose={() => {
        setRole(operator.role);
        onClose();
      }}
      returnFocusTo={returnFocusTo}
      title={`Change the role of ${operator.email}?`}
      effect={`${operator.name} is ${ROLE_WORDS[operator.role].label.toLowerCase()} now. The new role applies at once.`}
      consequences={isSelf && role !== "owner" ? ["You can no longer manage operators yourself."] : []}
      confirmLabel={role === operator.role ? "Change role" : `Make ${operator.email} ${label.toLowerCase()}`}
      tone={isSelf ? "danger" : "primary"}
      ready={role !== operator.role}
      onConfirm={(conflict) =>
        changeOperatorRole({ operatorId: operator.id, role, seen: seenOperator(operator, conflict) })
      }
      onKept={() => router.refresh()}
      onDone={() => {
        notify.success(`${operator.name} is ${label.toLowerCase()} now.`);
        router.refresh();
      }}
    >
      <RadioGroup label="Role" value={role} onValueChange={setRole} options={ROLE_OPTIONS} />
    </ConfirmDialog>
  );
}
