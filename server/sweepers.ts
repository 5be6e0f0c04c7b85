import { deleteExpiredApps } from "@/lib/core/apps/delete-expired-apps";
import { createSealer } from "@/lib/core/audit/seal-entries";
import { deliverSeals, type LineSink } from "@/lib/core/audit-stream/deliver-seals";
import { clearEndedBans } from "@/lib/core/bans/ban-store";
import type { Context } from "@/lib/core/context";
import { deleteSpentTickets } from "@/lib/core/factors/ticket-store";
import { deleteItemsOfOldJobs, deleteOldJobs } from "@/lib/core/jobs/job-sweep-store";
import { sweepMessages } from "@/lib/core/messages/sweep-messages";
import { deleteEndedTokens } from "@/lib/core/operator-tokens/token-store";
import { deleteEndedTestOperators } from "@/lib/core/operators/operator-store";
import { deleteEndedSessions } from "@/lib/core/operators/session-store";
import { deleteOldSources } from "@/lib/core/operators/sign-in-source-store";
import { deleteOldFailures } from "@/lib/core/operators/sign-in-throttle-store";
import { keepDailyFigures } from "@/lib/core/overview/keep-daily-figures";
import { deleteOldRefusedConnects } from "@/lib/core/presence/refused-connect-store";
import { deleteOldRefusedRequests } from "@/lib/core/quota/refused-request-store";
import { removeOld } from "@/lib/core/retention/remove-old";
import { eraseLateMessages } from "@/lib/core/soft-delete/erase-late-messages";
import { deleteOldTestRuns } from "@/lib/core/test-runs/run-sweep-store";
import { sweepTestRuns } from "@/lib/core/test-runs/sweep-test-runs";
import { deleteOldCopies } from "@/lib/core/user-data/data-copy-store";
import { deleteOldRegistrationCounts } from "@/lib/core/waves/registration-count-store";
import { watchRegistrations } from "@/lib/core/waves/watch-registrations";
import { deleteOldWaves } from "@/lib/core/waves/wave-store";
import type { Db } from "@/lib/db/database";
import { repeat } from "@/lib/queue/repeat";
import type { ServerApi } from "@/lib/server-api/server-api";

const INTERVAL_MS = 30_000;
const CHUNK = 1_000;
const SEALING_MS = 10_000;
const RETENTION_MS = 10 * 60_000;

/**
 * Clears ended bans off the users, forgets old nonces, passed messages, failed sign-ins of days ago, test operators whose time
 * is over, sessions and tokens that ended long ago, refused connects, test runs and jobs of a month ago and refused requests of
 * a week ago, erases what soft-deleted users had on its way, deletes temporary apps whose time is over, ends test runs whose time is over, keeps the daily figures and watches
 * registrations: now, every 30 seconds, and as soon as a test clock is moved. Several processes may do so at once. Besides, one of them
 * seals audit entries every 10 seconds, sends them on (`auditFile`), and every 10 minutes removes what is older than owners keep it. Returns the function that stops it and waits for a running round.
 */
export function startSweepers(
  context: Context,
  api: Pick<ServerApi, "sweep">,
  auditFile: LineSink | null = null,
): () => Promise<void> {
  let stopped = false;

  const inChunks = async (sweep: (db: Db, now: Date, limit: number) => Promise<number>): Promise<number> => {
    let all = 0;
    let swept: number;
    do {
      swept = await sweep(context.db.prisma, new Date(context.now()), CHUNK);
      all += swept;
    } while (swept === CHUNK && !stopped);
    return all;
  };

  const round = async (): Promise<void> => {
    const swept = {
      bans: await inChunks(clearEndedBans),
      nonces: await api.sweep(),
      slots: await sweepMessages(context),
      failedSignIns: await inChunks(deleteOldFailures),
      signInSources: await inChunks(deleteOldSources),
      spentTickets: await inChunks(deleteSpentTickets),
      sessions: await inChunks(deleteEndedSessions),
      testOperators: await inChunks(deleteEndedTestOperators),
      tokens: await inChunks(deleteEndedTokens),
      refusedConnects: await inChunks(deleteOldRefusedConnects),
      refusedRequests: await inChunks(deleteOldRefusedRequests),
      registrationCounts: await inChunks(deleteOldRegistrationCounts),
      waves: await inChunks(deleteOldWaves),
      testRuns: await sweepTestRuns(context),
      oldTestRuns: await inChunks(deleteOldTestRuns),
      jobItems: await inChunks(deleteItemsOfOldJobs),
      jobs: await inChunks(deleteOldJobs),
      dataCopies: await inChunks(deleteOldCopies),
      lateInboxes: await inChunks((_db, now, limit) => eraseLateMessages(context, now, limit)),
      apps: await deleteExpiredApps(context),
    };
    await keepDailyFigures(context);
    await watchRegistrations(context);
    if (Object.values(swept).some((count) => count > 0)) context.log.debug(swept, "sweepers: cleared");
  };

  const rounds = repeat(round, INTERVAL_MS, (error) =>
    context.log.error({ err: error }, "sweepers: a round failed; the next one tries again"),
  );
  const sealer = createSealer(context);
  let removedAt = Number.NEGATIVE_INFINITY;
  const sealing = repeat(
    async () => {
      const { mine, more } = await sealer.round();
      if (mine) await deliverSeals(context, auditFile);
      if (mine && performance.now() - removedAt > RETENTION_MS) {
        removedAt = performance.now();
        await removeOld(context);
      }
      if (more) sealing.now();
    },
    SEALING_MS,
    (error) => context.log.error({ err: error }, "audit: sealing failed; the next round tries again"),
  );
  const endListening = context.bus.subscribe((event) => {
    if (event.type === "clock.changed") rounds.now();
  });
  return async () => {
    stopped = true;
    endListening();
    await Promise.all([rounds.stop(), sealing.stop()]);
    await sealer.end();
  };
}
