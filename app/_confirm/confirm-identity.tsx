"use client";

import { useSyncExternalStore } from "react";
import { isConfirmationAsked, subscribeToConfirmation } from "@/components/form/confirmation";
import { onIntent } from "@/components/ui/on-intent";

const ConfirmIdentityDialog = onIntent(() =>
  import("./confirm-identity-dialog").then((part) => part.ConfirmIdentityDialog),
);

/** Once, around everything: asks who it is where an act takes a fresh proof. The dialog is loaded when it is first needed. */
export function ConfirmIdentity() {
  const asked = useSyncExternalStore(subscribeToConfirmation, isConfirmationAsked, () => false);
  return asked ? <ConfirmIdentityDialog /> : null;
}
