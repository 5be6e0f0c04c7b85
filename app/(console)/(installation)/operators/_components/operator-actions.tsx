"use client";

import {
  Ban,
  KeyRound,
  ListChecks,
  LockOpen,
  LogOut,
  MonitorSmartphone,
  MoreHorizontal,
  ShieldOff,
  ShieldUser,
  Trash2,
  Undo2,
} from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { refusalSentence } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { IconButton } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Link } from "@/components/ui/link";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { notify } from "@/components/ui/notify";
import { onIntent } from "@/components/ui/on-intent";
import type { OperatorRow } from "@/lib/core/operators/list-operators";
import {
  disableOperator,
  enableOperator,
  removeOperator,
  resetOperatorFactors,
  signOutOperator,
  unlockOperator,
} from "../actions";
import { seenOperator } from "./change-role-dialog";

const ChangeRoleDialog = onIntent(() => import("./change-role-dialog").then((part) => part.ChangeRoleDialog));
const OperatorSessionsDialog = onIntent(() =>
  import("./operator-sessions-dialog").then((part) => part.OperatorSessionsDialog),
);
const PasswordLinkDialog = onIntent(() => import("./password-link-dialog").then((part) => part.PasswordLinkDialog));

/** The row's menu. What the server would refuse is disabled and says why. */
export function OperatorActions({ operator, isSelf }: { operator: OperatorRow; isSelf: boolean }) {
  const router = useRouter();
  const trigger = useRef<HTMLButtonElement>(null);
  const done = (message: string) => {
    notify.success(message);
    router.refresh();
  };
  const [dialog, setDialog] = useState<
    "role" | "disable" | "remove" | "sessions" | "sign-out" | "factors" | "password" | null
  >(null);
  const enable = useAction((_: null) => enableOperator({ operatorId: operator.id, seen: seenOperator(operator) }));
  const unlock = useAction((_: null) => unlockOperator({ email: operator.email }));
  const close = () => setDialog(null);
  const lastOwner = operator.isLastOwner ? "They’re the last owner. Make someone else an owner first." : undefined;
  const { email, name, isLastOwner } = operator;
  const runEnable = async () => {
    const result = await enable.run(null);
    if (result.ok) done(`${name} can sign in again.`);
    else notify.failure(`${name} was not enabled.`, { description: refusalSentence(result.error) });
  };
  const runUnlock = async () => {
    const result = await unlock.run(null);
    if (result.ok) done(`${name} can sign in again.`);
    else notify.failure(`${name} was not unlocked.`, { description: refusalSentence(result.error) });
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
            pending={enable.pending || unlock.pending}
          />
        }
      >
        <MenuItem icon={ShieldUser} disabled={isLastOwner} reason={lastOwner} onSelect={() => setDialog("role")}>
          Change role…
        </MenuItem>
        <MenuItem asChild>
          <Link href={`/operators/${operator.id}`}>
            <ListChecks aria-hidden /> Access to apps…
          </Link>
        </MenuItem>
        <MenuItem icon={MonitorSmartphone} onSelect={() => setDialog("sessions")}>
          Sessions and tokens…
        </MenuItem>
        <MenuItem icon={LogOut} disabled={operator.disabledAt !== null} onSelect={() => setDialog("sign-out")}>
          Sign out everywhere
        </MenuItem>
        <MenuItem
          icon={KeyRound}
          disabled={isSelf || operator.expiresAt !== null || operator.disabledAt !== null}
          reason={isSelf ? "Change yours under Account." : undefined}
          onSelect={() => setDialog("password")}
        >
          Reset password…
        </MenuItem>
        {operator.secondFactor ? (
          <MenuItem
            icon={ShieldOff}
            disabled={isSelf}
            reason={isSelf ? "Yours are under Account." : undefined}
            onSelect={() => setDialog("factors")}
          >
            Take second factors off…
          </MenuItem>
        ) : null}
        {operator.lockedUntil ? (
          <MenuItem icon={LockOpen} onSelect={() => void runUnlock()}>
            Unlock sign-ins
          </MenuItem>
        ) : null}
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
            reason={lastOwner ?? (isSelf ? "You can’t disable yourself." : undefined)}
            onSelect={() => setDialog("disable")}
          >
            Disable…
          </MenuItem>
        )}
        <MenuItem
          icon={Trash2}
          danger
          disabled={isLastOwner || isSelf}
          reason={lastOwner ?? (isSelf ? "You can’t remove yourself." : undefined)}
          onSelect={() => setDialog("remove")}
        >
          Remove…
        </MenuItem>
      </Menu>
      <ChangeRoleDialog
        open={dialog === "role"}
        onClose={close}
        operator={operator}
        isSelf={isSelf}
        returnFocusTo={trigger}
      />
      {dialog === "sessions" ? (
        <OperatorSessionsDialog operator={operator} onClose={close} returnFocusTo={trigger} />
      ) : null}
      {dialog === "password" ? (
        <PasswordLinkDialog operator={operator} onClose={close} returnFocusTo={trigger} />
      ) : null}
      <ConfirmDialog
        open={dialog === "remove"}
        onClose={close}
        returnFocusTo={trigger}
        title={`Remove ${email}?`}
        effect={`${name}’s account is deleted at once.`}
        consequences={[
          "They’re signed out everywhere.",
          "The audit log keeps what they did, under their name.",
          "You can invite the address again.",
        ]}
        undo="This cannot be undone. To keep the account, disable it instead."
        confirmLabel={`Remove ${email}`}
        phrase={email}
        onConfirm={() => removeOperator({ operatorId: operator.id, confirmation: email })}
        onDone={() => done(`${name} removed.`)}
      />
      <ConfirmDialog
        open={dialog === "factors"}
        onClose={close}
        returnFocusTo={trigger}
        title={`Take the second factors off ${email}?`}
        effect={`${name}’s app, passkeys and recovery codes stop working. The password alone signs them in.`}
        consequences={["Do this only when you know that it’s them who asks."]}
        undo="They can set up new ones at any time."
        confirmLabel="Take second factors off"
        onConfirm={() => resetOperatorFactors({ operatorId: operator.id })}
        onDone={() => done(`${name} has no second factor now.`)}
      />
      <ConfirmDialog
        open={dialog === "disable"}
        onClose={close}
        returnFocusTo={trigger}
        title={`Disable ${email}?`}
        effect={`${name} can no longer sign in to this console.`}
        consequences={["They’re signed out everywhere.", "The audit log keeps what they did, under their name."]}
        undo="You can enable them again at any time."
        confirmLabel={`Disable ${email}`}
        onConfirm={(conflict) => disableOperator({ operatorId: operator.id, seen: seenOperator(operator, conflict) })}
        onKept={() => router.refresh()}
        onDone={() => done(`${name} disabled and signed out.`)}
      />
      <ConfirmDialog
        open={dialog === "sign-out"}
        onClose={close}
        returnFocusTo={trigger}
        title={`Sign ${email} out everywhere?`}
        effect={`All of ${name}’s sessions end at once.`}
        consequences={[isSelf ? "So does this one." : "They can sign in again with their password."]}
        confirmLabel={`Sign ${email} out`}
        onConfirm={() => signOutOperator({ operatorId: operator.id })}
        onDone={() => done(`${name} signed out everywhere.`)}
      />
    </>
  );
}
