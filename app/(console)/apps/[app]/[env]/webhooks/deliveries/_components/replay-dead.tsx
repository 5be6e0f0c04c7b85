"use client";

import { useQueryClient } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useState } from "react";
import { useList } from "@/components/data-table/list";
import type { Scope } from "@/components/layout/quota-query";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { plural } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import { countsKey, useDeadCount } from "../../_components/delivery-counts-query";
import { replayDead } from "../../actions";

/** Sends everything again that was given up, after a question: a receiver may get thousands at once. Nothing without any. */
export function ReplayDead({ scope, environment }: { scope: Scope; environment: "development" | "production" }) {
  const [open, setOpen] = useState(false);
  const client = useQueryClient();
  const { refresh } = useList();
  const dead = useDeadCount(scope);
  const what = plural(dead, "given-up delivery", "given-up deliveries");
  if (dead === 0 && !open) return null;
  return (
    <>
      <Button icon={History} onClick={() => setOpen(true)}>
        Replay given up…
      </Button>
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Replay ${what}?`}
        environment={environment}
        tone="primary"
        effect="They’re sent again in their original order and tried for another 24 hours."
        consequences={[
          "Each keeps its ID, so the receiver can recognise what it already has.",
          "Up to 10,000 at a time. Test pings are left out.",
        ]}
        confirmLabel={`Replay ${what}`}
        onConfirm={() => replayDead(scope)}
        onDone={({ replayed }) => {
          notify.success(
            replayed === 0
              ? "There was nothing to replay."
              : `Sending ${plural(replayed, "delivery", "deliveries")} again.`,
          );
          void client.invalidateQueries({ queryKey: countsKey(scope) });
          refresh();
        }}
      />
    </>
  );
}
