"use client";

import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { growthSentence } from "@/components/layout/quota-growth";
import { LinkButton } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount, plural } from "@/components/ui/count-text";
import { Meter, type MeterTone } from "@/components/ui/meter";
import type { Quota, QuotaLevel } from "@/lib/core/quota/schema";
import { ChangeUserLimit } from "./change-user-limit";

const TONE: Record<QuotaLevel, MeterTone> = { fine: "accent", warn: "warn", alarm: "danger", full: "danger" };

/** How many of Development's seats are taken, how fast they fill, and how many there are to be. */
export function UserSeats({ quota }: { quota: Quota }) {
  const { base, whyNot } = useEnvironmentScope();
  const { used, limit, level, reserved } = quota;
  const free = limit - used - reserved;
  return (
    <Card aria-labelledby="users-quota">
      <CardHeader
        id="users-quota"
        title="Registered users"
        description="Soft-deleted users don’t count."
        action={
          <>
            {whyNot("users.delete_test") === null ? (
              <LinkButton href={`${base}/delete-test-users`}>Free seats…</LinkButton>
            ) : null}
            <ChangeUserLimit used={used} limit={limit} />
          </>
        }
      />
      <CardBody className="flex flex-col gap-2 text-13">
        <p className="flex items-baseline gap-2">
          <span className="font-semibold text-figure tabular-nums">
            {formatCount(used)} / {formatCount(limit)}
          </span>
          <span className="text-ink-muted">
            {free > 0 ? `${plural(free, "seat")} free` : "no seat free"}
            {reserved > 0 ? `, ${formatCount(reserved)} reserved for test runs` : null}
          </span>
        </p>
        <Meter
          label="Registered users of the limit"
          value={used}
          max={limit}
          valueText={`${used} of ${limit}`}
          tone={TONE[level]}
        />
        <p className="text-ink-muted">{growthSentence(quota)}</p>
        {whyNot("quota.change") === null ? null : (
          <p className="text-ink-faint text-xs">Changing the limit: {whyNot("quota.change")}</p>
        )}
      </CardBody>
    </Card>
  );
}
