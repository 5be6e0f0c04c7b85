"use client";

import { Pencil, ShieldCheck } from "lucide-react";
import { useMemo } from "react";
import type { Ticked } from "@/components/data-table/list-definition";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button, IconButton } from "@/components/ui/button";
import type { BanRow } from "@/lib/core/bans/list-schema";
import { BulkUserActions } from "../../_user-actions/bulk/bulk-user-actions";
import { type TargetUser, useUserActions } from "../../_user-actions/user-actions";

/** What a running ban shows of its user. */
const bannedUser = (ban: BanRow): TargetUser => ({
  userId: ban.userId,
  status: "banned",
  bannedUntil: ban.endsAt,
  banId: ban.id,
});

/** What can be done with several of them. */
export function BulkUnban({ ticked }: { ticked: Ticked<BanRow> }) {
  const rows = useMemo(() => new Map([...ticked.rows].map(([id, ban]) => [id, bannedUser(ban)])), [ticked.rows]);
  return <BulkUserActions ticked={{ ...ticked, rows }} offered={["unban"]} />;
}

/** What can be done with a running ban. */
export function BanActions({ ban }: { ban: BanRow }) {
  const actions = useUserActions();
  const { whyNot } = useEnvironmentScope();
  const noBan = whyNot("users.ban");
  const banned = bannedUser(ban);
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
        <span className="max-sm:hidden">Unban</span>
      </Button>
    </span>
  );
}
