"use client";

import { Ellipsis, PencilLine, ShieldMinus, ShieldPlus, UserMinus } from "lucide-react";
import { useRef } from "react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { IconButton } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { GROUP_ROLE } from "@/lib/core/groups/facts";
import { type Membership, useMembershipActions } from "./membership-actions";

/** What can be done with a membership. `subject` names the row: the user in a group, the group of a user. */
export function MembershipMenu({ membership, subject }: { membership: Membership; subject: string }) {
  const { whyNot } = useEnvironmentScope();
  const actions = useMembershipActions();
  const trigger = useRef<HTMLButtonElement>(null);
  const noChange = whyNot("groups.change");
  const owner = membership.role === GROUP_ROLE.owner;
  const noRole = noChange ?? (owner ? "The owner’s role can’t change." : null);
  const noRemoval = noChange ?? (owner ? "The owner can’t leave. Dismiss the group instead." : null);
  const isAdmin = membership.role === GROUP_ROLE.admin;
  return (
    <Menu
      label={`Actions for ${subject}`}
      trigger={
        <IconButton ref={trigger} icon={Ellipsis} label={`Actions for ${subject}`} size="sm" className="focus-inset" />
      }
    >
      <MenuItem
        icon={PencilLine}
        disabled={noChange !== null}
        reason={noChange}
        onSelect={() => actions.setNickname(membership, trigger.current)}
      >
        Set nickname…
      </MenuItem>
      <MenuItem
        icon={isAdmin ? ShieldMinus : ShieldPlus}
        disabled={noRole !== null}
        reason={noRole}
        onSelect={() => actions.switchRole(membership)}
      >
        {isAdmin ? "Make ordinary member" : "Make group admin"}
      </MenuItem>
      <MenuSeparator />
      <MenuItem
        icon={UserMinus}
        danger
        disabled={noRemoval !== null}
        reason={noRemoval}
        onSelect={() => actions.remove(membership, trigger.current)}
      >
        Remove from group…
      </MenuItem>
    </Menu>
  );
}
