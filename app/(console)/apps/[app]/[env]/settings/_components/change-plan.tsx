"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { RadioGroup } from "@/components/form/radio-group";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import type { Plan } from "@/lib/core/actor";
import { changePlan } from "../actions";
import { consequencesOf, PLANS, planLabel } from "./plans";

interface Props {
  appId: string;
  appName: string;
  plan: Plan;
  hasProduction: boolean;
  /** Owners only. */
  allowed: boolean;
}

export function ChangePlan({ appId, appName, plan, hasProduction, allowed }: Props) {
  const router = useRouter();
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState<Plan>(plan);
  const closes = plan !== "free" && chosen === "free";
  const show = (shown: boolean) => {
    setChosen(plan);
    setOpen(shown);
  };
  return (
    <>
      <Button ref={opener} disabled={!allowed} onClick={() => show(true)}>
        Change plan…
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => show(false)}
        returnFocusTo={opener}
        title={`Change the plan of ${appName}?`}
        effect={`${appName} is on the ${planLabel(plan)} plan. No payment is taken.`}
        consequences={chosen === plan ? [] : consequencesOf(plan, chosen, hasProduction)}
        confirmLabel={chosen === plan ? "Change plan" : `Change plan to ${planLabel(chosen)}`}
        tone={closes ? "danger" : "primary"}
        phrase={closes ? `close ${appName} production` : undefined}
        ready={chosen !== plan}
        onConfirm={(conflict) =>
          changePlan({ appId, plan: chosen, seen: (conflict?.current as { plan: Plan } | undefined) ?? { plan } })
        }
        onKept={() => router.refresh()}
        onDone={() => {
          notify.success(`${appName} is on the ${planLabel(chosen)} plan now.`);
          router.refresh();
        }}
      >
        <RadioGroup label="Plan" value={chosen} onValueChange={setChosen} options={PLANS} />
      </ConfirmDialog>
    </>
  );
}
