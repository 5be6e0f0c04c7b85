"use client";

import type { ReactNode, RefObject } from "react";
import type { ServerApiCall } from "@/components/code/server-api-calls";
import { onIntent } from "@/components/ui/on-intent";
import type { ActionResult } from "@/lib/console/action-result";

export interface UserIdDialogProps<R> {
  title: string;
  description: ReactNode;
  /** Verb and object: "Add friend". */
  submitLabel: string;
  tone?: "primary" | "danger";
  hint?: ReactNode;
  onSubmit: (otherId: string) => Promise<ActionResult<R>>;
  /** After the server has agreed; the dialog has closed. */
  onDone: (otherId: string, data: R) => void;
  /** What the field says instead of closing, when the answer shows that the id names nobody. */
  refusalOf?: (data: R) => string | undefined;
  /** The same as a call of the Server API. */
  call: (otherId: string) => ServerApiCall;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

const UserIdBox = onIntent<UserIdDialogProps<unknown>>(() => import("./user-id-box").then((part) => part.UserIdBox));

/** Asks for another user to do something with. A refusal stands at the field; what was typed stays. */
export function UserIdDialog<R>(props: UserIdDialogProps<R>) {
  return <UserIdBox {...(props as UserIdDialogProps<unknown>)} />;
}
