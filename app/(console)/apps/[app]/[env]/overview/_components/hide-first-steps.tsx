"use client";

import { useRouter } from "next/navigation";
import { startTransition, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/notify";
import { FIRST_STEPS_COOKIE, FIRST_STEPS_HIDDEN } from "./first-steps-cookie";

const YEAR_SECONDS = 31_536_000;

function remember(path: string, hidden: boolean): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every supported browser
  document.cookie = `${FIRST_STEPS_COOKIE}=${FIRST_STEPS_HIDDEN}; path=${path}; max-age=${hidden ? YEAR_SECONDS : 0}; samesite=lax`;
}

/** Takes the list off this browser's overview of the environment below `path`: for who does not need all of the steps. */
export function HideFirstSteps({ path }: { path: string }) {
  const router = useRouter();
  const [pending, startHiding] = useTransition();
  const hide = () => {
    remember(path, true);
    startHiding(() => router.refresh());
    // The button is gone with the list.
    document.getElementById("content")?.focus({ preventScroll: true });
    notify.success("First steps hidden in this browser.", {
      action: {
        label: "Undo",
        onClick: () => {
          remember(path, false);
          startTransition(() => router.refresh());
        },
      },
    });
  };
  return (
    <Button size="sm" pending={pending} onClick={hide}>
      Hide first steps
    </Button>
  );
}
