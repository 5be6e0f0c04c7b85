"use client";

import { Pencil, ShieldCheck } from "lucide-react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button, IconButton } from "@/components/ui/button";
import type { BanRow } from "@/lib/core/bans/list-schema";
import { type TargetUser, useUserActions } from "../../_user-actions/user-actions";

/** What can be done with a running ban. */
export function BanActions({ ban }: { ban: BanRow }) {
  const actions = useUserActions();
  const { whyNot } = useEnvironmentScope();
  const noBan = whyNot("users.ban");
  const banned: TargetUser = { userId: ban.userId, status: "banned", bannedUntil: ban.endsAt, banId: ban.id };
  return (
    <span className="inline-flex gap-1.5">
      <IconButton
        size="sm"
        icon={Pencil}
        label={`Change ban of ${ban.userId}`}
        disabled={noBan !== null}
        title={noBan ?? "Change ban"}
        className="focus-inset"
        onClick={(event) => actions.ban([banned], event.currentTarget)}
      />
      <Button
        size="sm"
        icon={ShieldCheck}
        aria-label={`Unban ${ban.userId}`}
        disabled={noBan !== null}
        title={noBan ?? undefined}
        className="focus-inset"
        onClick={() => actions.unban([banned])}
      >
        Unban
      </Button>
    </span>
  );
}
