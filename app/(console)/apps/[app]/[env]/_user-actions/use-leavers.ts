"use client";

import { useRouter } from "next/navigation";
import { useCallback, useEffect, useRef, useTransition } from "react";
import { leave } from "@/components/form/unsaved";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { noteChange } from "@/components/ui/address-overlay";
import { notify } from "@/components/ui/notify";
import { whoText } from "./user-actions";

/** Whether the list on the page has a row of this user. */
const hasRow = (userId: string) => document.querySelector(`tr[data-peek="${CSS.escape(userId)}"]`) !== null;

/** Reads the page again after an act, and says which of the users it was done to have left the list that is shown, and where they are. */
export function useLeavers(): (done: readonly string[]) => void {
  const { base } = useEnvironmentScope();
  const router = useRouter();
  const [reading, startReading] = useTransition();
  const watched = useRef<readonly string[]>([]);
  useEffect(() => {
    if (reading) return;
    const gone = watched.current.filter((userId) => !hasRow(userId));
    watched.current = [];
    const [only, ...others] = gone;
    if (only === undefined) return;
    const href = others.length === 0 ? userHref(base, only) : `${base}/users`;
    notify.success(`${whoText(gone)} left this list.`, {
      description: others.length === 0 ? "The filters no longer fit the user." : "The filters no longer fit them.",
      action: { label: "View", onClick: () => leave(() => router.push(href)) },
    });
  }, [reading, base, router]);
  return useCallback(
    (done) => {
      noteChange();
      watched.current = done.filter(hasRow);
      startReading(() => router.refresh());
    },
    [router],
  );
}
