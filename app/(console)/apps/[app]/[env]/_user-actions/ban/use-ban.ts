"use client";

import { useCallback } from "react";
import { useApiPlace } from "@/components/code/api-place";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { notify } from "@/components/ui/notify";
import { localTime } from "@/components/ui/time-format";
import type { ActionResult } from "@/lib/console/action-result";
import type { BanStep } from "@/lib/core/bans/seen-ban-schema";
import type { Conflict } from "@/lib/core/errors";
import type { ClosedConnections } from "@/lib/core/presence/confirm-closed";
import { awaitOfflineAction, banUsersAction } from "../actions";
import { actOnUsers, type Outcome, retryOf } from "../bulk/act-on-users";
import { closedConnectionsText } from "../closed-connections";
import { doneWords } from "../done-words";
import { COPYABLE, type OutcomeReport, seenBans, type TargetUser, whoText } from "../user-actions";
import { changedFailures, type UndoBans } from "./use-undo-bans";

export interface BanTerms {
  readonly durationMinutes: number;
  readonly reason: string;
}

type BanOutcome = Outcome<{
  readonly until: Date;
  readonly steps: readonly BanStep[];
  readonly closed: ClosedConnections;
}>;

interface BanOptions {
  readonly onChanged: (done: readonly string[]) => void;
  readonly onReport: (report: OutcomeReport) => void;
  readonly undo: UndoBans;
}

/** Bans, sees the connections close, and says for each user what became of it. */
export function useBan({ onChanged, onReport, undo }: BanOptions) {
  const { scope } = useEnvironmentScope();
  const place = useApiPlace();

  const call = useCallback(
    async (
      users: readonly TargetUser[],
      terms: BanTerms,
      conflict: Conflict | null = null,
    ): Promise<ActionResult<BanOutcome>> => {
      const banned = await actOnUsers(
        users.map(({ userId }) => userId),
        (userIds) => banUsersAction(scope, { userIds, ...terms, seen: seenBans(users, conflict) }),
        (answer) => [
          ...changedFailures(answer.changed),
          ...answer.unknown.map((userId) => ({ userId, reason: "Not registered here, or soft-deleted." })),
        ],
      );
      if (!banned.ok) return banned;
      const { done, failed, answer } = banned.data;
      const { until, steps, connections: found } = answer;
      // Asked once for all of them, so that it takes two seconds at most. Without an answer nothing was seen.
      const left = found === 0 ? null : await awaitOfflineAction(scope, { userIds: [...done] });
      const closed = left?.ok ? Math.max(0, found - left.data.open) : 0;
      return { ok: true, data: { done, failed, answer: { until, steps, closed: { found, closed } } } };
    },
    [scope],
  );

  const tell = useCallback(
    (terms: BanTerms, outcome: BanOutcome) => {
      const { done, failed, answer } = outcome;
      // A report says itself what was done; a toast would lie on its buttons.
      onChanged(failed.length > 0 ? [] : done);
      const takeBack = () => void undo(answer.steps);
      const effect = closedConnectionsText(answer.closed);
      if (failed.length > 0) {
        onReport({
          verb: "banned",
          done: done.length,
          failed,
          effect,
          undo: takeBack,
          retry: retryOf(
            outcome,
            (users) => call(users, terms),
            (before, now) => ({
              until: now.until,
              steps: [...before.steps, ...now.steps],
              closed: {
                found: before.closed.found + now.closed.found,
                closed: before.closed.closed + now.closed.closed,
              },
            }),
            (both) => tell(terms, both),
          ),
        });
        return;
      }
      notify.success(`${whoText(done)} banned until ${localTime(new Date(answer.until))}.`, {
        description: doneWords(
          effect,
          place,
          done.length > COPYABLE
            ? null
            : serverApiCalls.banUsers({ userIds: done, durationMinutes: terms.durationMinutes }),
        ),
        action: { label: "Undo", onClick: takeBack },
      });
    },
    [onChanged, onReport, undo, call, place],
  );
  return { call, tell };
}
