import { type Actor, environmentOf, requirePermission } from "../actor";
import { isClosed } from "../apps/resolve-environment";
import { DEVELOPMENT_USER_LIMIT } from "../apps/schema";
import { writeAudit } from "../audit/audit-store";
import type { Context } from "../context";
import { AppError } from "../errors";
import { issueToken } from "../tokens/issue-token";
import { type Registration, type RegistrationOutcome, registerUserIn, registerUserNow } from "./registration-store";
import { type RegisterUserInput, RegisterUserSchema } from "./schema";
import { findUser, type StoredUser } from "./user-store";

export interface RegisteredUser {
  readonly userId: string;
  readonly accessToken: string;
  /** False when the user was registered before. */
  readonly created: boolean;
}

/**
 * What registering would find now, for `registerUser`: null when there is nobody of this id. Changes nothing.
 */
export function findRegistered(
  context: Context,
  actor: Actor,
  input: Pick<RegisterUserInput, "userId">,
): Promise<StoredUser | null> {
  requirePermission(actor, "users.register");
  return findUser(context.db, environmentOf(actor).id, input.userId);
}

/**
 * Registers a user, or updates the name and avatar of the one registered before, and issues an access token; earlier
 * tokens stay valid (contract section 5.1). Throws `user_quota_reached` and `user_soft_deleted`.
 *
 * App servers' registrations are not audited (the row itself is the record); operators' are. `found` is what
 * `findRegistered` gave during the same call: a user who is registered as asked for already is not touched again.
 */
export async function registerUser(
  context: Context,
  actor: Actor,
  input: RegisterUserInput,
  found: StoredUser | null = null,
): Promise<RegisteredUser> {
  requirePermission(actor, "users.register");
  const environment = environmentOf(actor);
  const { userId, name, avatarUrl } = RegisterUserSchema.parse(input);
  if (isClosed(environment)) throw new AppError("production_closed");
  const createdAt = new Date(context.now());
  const item: Registration = { environmentId: environment.id, userId, name, avatarUrl: avatarUrl ?? null, createdAt };
  const limit = environment.name === "development" ? DEVELOPMENT_USER_LIMIT : null;
  const created =
    actor.kind === "operator"
      ? await context.db.transaction(async (tx) => {
          const isNew = wasCreated(await registerUserIn(tx, item, limit));
          await writeAudit(tx, environment.id, actor, context.now(), [
            {
              action: isNew ? "user.registered" : "user.updated",
              target: { kind: "user", id: userId, name },
              after: { name, ...(avatarUrl === undefined ? {} : { avatarUrl }) },
            },
          ]);
          return isNew;
        })
      : wasCreated(isAsAsked(found, item) ? "known" : await registerUserNow(context.db, item, limit));
  const { accessToken } = await issueToken(context, environment, userId);
  return { userId, accessToken, created };
}

/** Whether registering would change nothing. Soft-deleted users are left to the registration to refuse. */
function isAsAsked(found: StoredUser | null, { name, avatarUrl }: Registration): boolean {
  if (found === null || found.softDeletedAt !== null || found.name !== name) return false;
  return avatarUrl === null || avatarUrl === found.avatarUrl;
}

function wasCreated(outcome: RegistrationOutcome | undefined): boolean {
  if (outcome === "soft_deleted") throw new AppError("user_soft_deleted");
  if (outcome === "quota_reached") throw new AppError("user_quota_reached");
  return outcome === "created";
}
