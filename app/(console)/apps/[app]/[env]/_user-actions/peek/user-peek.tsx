"use client";

import { usePeek } from "@/components/data-table/peek";
import { onIntent } from "@/components/ui/on-intent";

const UserPeekPanel = onIntent(() => import("./user-peek-panel").then((part) => part.UserPeekPanel));

/** The user of a row beside the list, loaded when the first is looked at. Stands inside a list with `peek`. */
export function UserPeek() {
  const peek = usePeek();
  return <UserPeekPanel open={peek !== null && peek.userId !== null} onClose={peek?.close} />;
}
