"use client";

import { Ban, LogOut, MoreHorizontal, ShieldUser, Undo2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { List } from "@/components/data-table/list";
import { useAction } from "@/components/form/use-action";
import { ROLE_WORDS } from "@/components/layout/frame-data";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { RelativeTime } from "@/components/ui/time";
import { notify } from "@/components/ui/toaster";
import type { OperatorRow } from "@/lib/core/operators/list-operators";
import { disableOperator, enableOperator, signOutOperator } from "../actions";
import { ChangeRoleDialog } from "./change-role-dialog";

interface Props {
  operators: readonly OperatorRow[];
  /** The operator who looks. */
  ownId: string;
  mayManage: boolean;
}

export function OperatorsTable({ operators, ownId, mayManage }: Props) {
  const columns: Column<OperatorRow>[] = [
    {
      id: "operator",
      header: "Operator",
      rowHeader: true,
      className: "min-w-56",
      cell: (operator) => (
        <span className="flex items-center gap-2.5 py-1.5">
          <Avatar name={operator.name} />
          <span className="flex flex-col">
            <span className="font-medium">
              {operator.name}
              {operator.id === ownId ? <span className="font-normal text-ink-faint"> (you)</span> : null}
            </span>
            <span className="text-ink-muted text-xs">{operator.email}</span>
          </span>
        </span>
      ),
    },
    { id: "role", header: "Role", cell: (operator) => ROLE_WORDS[operator.role].label },
    {
      id: "status",
      header: "Status",
      cell: (operator) =>
        operator.disabledAt ? <Badge tone="danger">Disabled</Badge> : <Badge tone="ok">Active</Badge>,
    },
    {
      id: "last-sign-in",
      header: "Last sign-in",
      cell: (operator) =>
        operator.lastSignInAt ? (
          <RelativeTime date={operator.lastSignInAt} className="text-ink-muted" />
        ) : (
          <span className="text-ink-faint">Never</span>
        ),
    },
    {
      id: "created",
      header: "Created",
      cell: (operator) => <RelativeTime date={operator.createdAt} className="text-ink-muted" />,
    },
  ];
  if (mayManage) {
    columns.push({
      id: "actions",
      header: "Actions",
      hiddenHeader: true,
      align: "right",
      cell: (operator) => <OperatorActions operator={operator} isSelf={operator.id === ownId} />,
    });
  }
  return (
    <List>
      <DataTable
        caption="Operators"
        columns={columns}
        rows={operators}
        rowId={(operator) => operator.email}
        testIdPrefix="operator-row"
        state="ready"
      />
    </List>
  );
}

/** The row's menu. What the server would refuse is disabled and says why. */
function OperatorActions({ operator, isSelf }: { operator: OperatorRow; isSelf: boolean }) {
  const router = useRouter();
  const trigger = useRef<HTMLButtonElement>(null);
  const done = (message: string) => {
    notify.success(message);
    router.refresh();
  };
  const [dialog, setDialog] = useState<"role" | "disable" | "sign-out" | null>(null);
  const enable = useAction((_: null) => enableOperator({ operatorId: operator.id }));
  const close = () => setDialog(null);
  const lastOwner = operator.isLastOwner ? "The last owner. Make someone else an owner first." : undefined;
  const { email, name, isLastOwner } = operator;
  const runEnable = async () => {
    const result = await enable.run(null);
    if (result.ok) done(`${name} may sign in again.`);
    else
      notify.failure(`${name} is still disabled. ${result.error.message}`, {
        description: `Code ${result.error.code}, request id ${result.error.requestId}`,
      });
  };
  return (
    <>
      <Menu
        trigger={
          <IconButton
            ref={trigger}
            size="sm"
            icon={MoreHorizontal}
            label={`Actions for ${email}`}
            pending={enable.pending}
          />
        }
      >
        <MenuItem icon={ShieldUser} disabled={isLastOwner} reason={lastOwner} onSelect={() => setDialog("role")}>
          Change role…
        </MenuItem>
        <MenuItem icon={LogOut} disabled={operator.disabledAt !== null} onSelect={() => setDialog("sign-out")}>
          Sign out everywhere
        </MenuItem>
        <MenuSeparator />
        {operator.disabledAt ? (
          <MenuItem icon={Undo2} onSelect={() => void runEnable()}>
            Enable
          </MenuItem>
        ) : (
          <MenuItem
            icon={Ban}
            danger
            disabled={isLastOwner || isSelf}
            reason={lastOwner ?? (isSelf ? "You cannot disable yourself." : undefined)}
            onSelect={() => setDialog("disable")}
          >
            Disable…
          </MenuItem>
        )}
      </Menu>
      <ChangeRoleDialog
        open={dialog === "role"}
        onClose={close}
        operator={operator}
        isSelf={isSelf}
        returnFocusTo={trigger}
      />
      <ConfirmDialog
        open={dialog === "disable"}
        onOpenChange={close}
        returnFocusTo={trigger}
        title={`Disable ${email}?`}
        effect={`${name} can no longer sign in to this console.`}
        consequences={["All of their sessions end at once.", "What they did stays in the audit log under their name."]}
        undo="You can enable them again at any time."
        confirmLabel={`Disable ${email}`}
        onConfirm={() => disableOperator({ operatorId: operator.id })}
        onDone={() => done(`${name} is disabled and signed out.`)}
      />
      <ConfirmDialog
        open={dialog === "sign-out"}
        onOpenChange={close}
        returnFocusTo={trigger}
        title={`Sign ${email} out everywhere?`}
        effect={`All sessions of ${name} end at once.`}
        consequences={[isSelf ? "This session ends as well." : "They can sign in again with their password."]}
        confirmLabel={`Sign ${email} out`}
        onConfirm={() => signOutOperator({ operatorId: operator.id })}
        onDone={() => done(`${name} is signed out everywhere.`)}
      />
    </>
  );
}
