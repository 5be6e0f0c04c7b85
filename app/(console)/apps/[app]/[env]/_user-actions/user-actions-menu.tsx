"use client";

import { Ellipsis } from "lucide-react";
import { useRef } from "react";
import { Button, IconButton } from "@/components/ui/button";
import { Menu } from "@/components/ui/menu";
import { onIntent } from "@/components/ui/on-intent";
import type { TargetUser } from "./user-actions";
import { UserActs } from "./user-acts-part";

const UserEntries = onIntent(() => import("./user-entries").then((part) => part.UserEntries));

interface UserActionsMenuProps {
  user: TargetUser;
  /** "row": three dots with Open and Copy ID. "page": a button with the word Actions. */
  look: "row" | "page";
}

/** Everything that can be done with one user. What the role or the state forbids is there, disabled, with its reason. */
export function UserActionsMenu({ user, look }: UserActionsMenuProps) {
  const trigger = useRef<HTMLButtonElement>(null);
  const { userId } = user;
  return (
    <Menu
      label={`Actions for ${userId}`}
      entries={UserEntries}
      loads={[UserActs]}
      trigger={
        look === "row" ? (
          <IconButton ref={trigger} icon={Ellipsis} label={`Actions for ${userId}`} size="sm" className="focus-inset" />
        ) : (
          <Button ref={trigger} icon={Ellipsis} aria-label={`Actions for ${userId}`}>
            Actions
          </Button>
        )
      }
    >
      <UserEntries user={user} look={look} trigger={trigger} />
    </Menu>
  );
}
