import type { Db } from "@/lib/db/database";
import { StaleTransaction } from "@/lib/db/transaction";
import { type Actor, type EnvironmentId, environmentOf } from "../actor";
import { isClosed } from "../apps/resolve-environment";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { quotaReached } from "../quota/quota-reached";
import { saveSearchNames } from "../search/search-name-store";
import { joinTestRuns } from "../test-runs/member-store";
import { issueToken } from "../tokens/issue-token";
import { quotaThresholdEvents } from "../webhooks/quota-threshold";
import { findUserOfId, insertUser } from "./new-user-store";
import { type RegisterUserInput, RegisterUserSchema } from "./schema";
import { runOf, SeatPool } from "./seat-pool";
import { lockSeats } from "./seat-store";
import { userStatus } from "./user-row";

export interface NewUser {
  readonly userId: string;
  readonly accessToken: string;
}

/**
 * Registers somebody who is not registered yet, and issues an access token. An operator types the id, so one that exists is
 * a mistake and nothing is changed: throws `user_exists`, with who has it. Also throws `user_quota_reached`. Of several who
 * register one id at once, one succeeds.
 */
export async function registerNewUser(context: Context, actor: Actor, input: RegisterUserInput): Promise<NewUser> {
  requirePermission(actor, "users.register");
  const environment = environmentOf(actor);
  const { userId, name, avatarUrl } = RegisterUserSchema.parse(input);
  if (isClosed(environment)) throw new AppError("production_closed");
  const now = context.now();
  await executeWithPrisma(context, actor, async (tx, run) => {
    const seats = environment.name === "development" ? await lockSeats(run, environment.id, now) : null;
    const testRun = seats === null ? null : runOf(seats.runs, userId, undefined);
    const full = seats !== null && !new SeatPool(seats).take(testRun);
    const user = { environmentId: environment.id, userId, name, avatarUrl: avatarUrl ?? "", createdAt: new Date(now) };
    if (full || !(await insertUser(tx, user))) {
      await refuseIfExists(tx, environment.id, userId, now);
      if (full) throw await quotaReached(run, environment.id, seats, now);
      throw new StaleTransaction("the user of this id was deleted meanwhile");
    }
    await saveSearchNames(run, environment.id, [user]);
    if (testRun !== null) await joinTestRuns(run, environment.id, [{ userId, runId: testRun }]);
    return {
      result: null,
      audit: [
        {
          action: "user.registered",
          target: { kind: "user", id: userId, name },
          after: {
            name,
            ...(avatarUrl === undefined ? {} : { avatarUrl }),
            ...(testRun === null ? {} : { testRun }),
          },
        },
      ],
      webhooks:
        seats === null
          ? []
          : quotaThresholdEvents(now, { before: seats.taken, after: seats.taken + 1, limit: seats.limit }),
    };
  });
  const { accessToken } = await issueToken(context, environment, userId);
  return { userId, accessToken };
}

async function refuseIfExists(tx: Db, environmentId: EnvironmentId, userId: string, now: number): Promise<void> {
  const user = await findUserOfId(tx, environmentId, userId);
  if (user === null) return;
  const { name, avatarUrl } = user;
  const status = userStatus(user, now);
  const bannedUntil = status === "banned" ? user.bannedUntil : null;
  throw new AppError("user_exists", {
    message:
      status === "deleted"
        ? `${userId} is soft-deleted: the ID is kept and cannot be registered. Restore the user instead.`
        : `${userId} is registered already. Nothing was changed.`,
    existingUser: { userId, name, avatarUrl, status, bannedUntil },
  });
}
