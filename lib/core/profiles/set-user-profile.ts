import type { Run } from "@/lib/db/statement";
import { type Actor, connectionOf, environmentOf } from "../actor";
import { executeSideBySide } from "../command/execute-side-by-side";
import type { BatchedCommand } from "../command/execute-together";
import type { Outcome } from "../command/outcome";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { inSentence } from "../invalid-input";
import { requireOnBehalfOf } from "../permissions";
import { settingsOf } from "../settings/settings-of";
import { lockUsers, userKey } from "../users/locked-users-store";
import {
  applyProfileChange,
  type ProfileChange,
  type ProfileProblem,
  type ProfileValues,
  profileDifference,
  readProfileChange,
} from "./profile-change";
import { findStored, profileWrite } from "./profile-store";
import { MAX_EXTENDED_PAIRS, type SetUserProfileInput, SetUserProfileSchema } from "./schema";
import { findUniqueIdOwnerIn, holdUniqueId } from "./unique-id-store";

/** Of a key in a sentence; it may be as long as a request. */
const SHOWN_CHARACTERS = 64;

function refusal({ part, key, code, message }: ProfileProblem): AppError {
  const field = `${part}.${key.slice(0, SHOWN_CHARACTERS)}`;
  return new AppError(code, { field, profileKey: key, message: inSentence(field, message) });
}

/** Throws `profile_too_many_keys` for the first given key that has no room any more. */
function requireRoom(before: ProfileValues, after: ProfileValues, change: ProfileChange): void {
  const excess = Object.keys(after.userExtProfile).length - MAX_EXTENDED_PAIRS;
  if (excess <= 0) return;
  const added = [...change.extended.keys()].filter(
    (key) => key in after.userExtProfile && !(key in before.userExtProfile),
  );
  throw refusal({
    part: "userExtProfile",
    key: added.at(-excess) ?? "",
    code: "profile_too_many_keys",
    message: `Would be more than the ${MAX_EXTENDED_PAIRS} pairs that a user may have.`,
  });
}

/** A cleared profile keeps its version, and is none. */
const isEmpty = ({ userProfile, userExtProfile }: ProfileValues) =>
  Object.keys(userProfile).length === 0 && Object.keys(userExtProfile).length === 0;

/**
 * Changes a user's hosted profile, wholly or, when any key is refused, not at all: given keys overwrite, "" clears, the
 * others stay (contract section 10.1). The registered name and avatar are not touched. App users change their own, and
 * not `uniqueId`.
 *
 * Throws `user_not_found` and, with `profileKey` naming the key, the refusals of contract section 3.3; a `uniqueId` that
 * another user of the environment has is `unique_id_taken`, and one that is not the version `seen` is
 * `version_conflict`. Only operators' and the installation's changes are audited.
 */
export async function setUserProfile(context: Context, actor: Actor, input: SetUserProfileInput): Promise<void> {
  const { userId, userProfile, userExtProfile, seen } = SetUserProfileSchema.parse(input);
  requireOnBehalfOf(actor, "profiles.change", userId);
  const environment = environmentOf(actor);
  const { profileKeys } = await settingsOf(context, environment.id);
  const { change, problems } = readProfileChange(
    { userProfile, userExtProfile },
    { declared: new Set(profileKeys.map(({ key }) => key)), uniqueIdSettable: actor.kind !== "app_user" },
  );
  const [problem] = problems;
  if (problem !== undefined) throw refusal(problem);

  await changeSideBySide(context, actor, { userId, change, seen });
}

interface Change {
  readonly userId: string;
  readonly change: ProfileChange;
  readonly seen: SetUserProfileInput["seen"];
}

const uniqueIdOf = ({ change }: Change) => change.basic.get("uniqueId") ?? null;

const changeSideBySide = executeSideBySide<Change, void>({
  keysOf(input) {
    const uniqueId = uniqueIdOf(input);
    return [input.userId, ...(uniqueId === null ? [] : [`uniqueId ${uniqueId}`])];
  },
  lock: (run, environmentId, inputs) =>
    Promise.all([
      lockUsers(
        run,
        inputs.map(({ userId }) => ({ environmentId, userId })),
      ),
      ...inputs
        .flatMap((input) => uniqueIdOf(input) ?? [])
        .map(String)
        .sort()
        .map((uniqueId) => holdUniqueId(run, environmentId, uniqueId)),
    ]),
  command: changeProfile,
});

async function changeProfile(
  run: Run,
  { context, actor, input: { userId, change, seen } }: BatchedCommand<Change>,
): Promise<Outcome<void>> {
  const { id: environmentId } = environmentOf(actor);
  // One after the other for PostgreSQL: what is read is what there is under the lock.
  const [users, stored] = await Promise.all([
    lockUsers(run, [{ environmentId: environmentId, userId }]),
    findStored(run, environmentId, userId),
  ]);
  const owner = users.get(userKey(environmentId, userId));
  if (owner === undefined) throw new AppError("user_not_found", { field: "userId" });
  await requireSeen(run, actor, {
    seen,
    current: { version: stored === null || isEmpty(stored) ? null : stored.version },
    target: { kind: "user", id: userId },
    actions: ["user.profile_changed", "user.profile_cleared"],
    told: {},
    ...(stored === null ? {} : { since: stored.version }),
  });
  const before: ProfileValues = stored ?? { userProfile: {}, userExtProfile: {} };
  const after = applyProfileChange(before, change);
  const difference = profileDifference(before, after);
  if (Object.keys(difference.after).length === 0) return { result: undefined };
  requireRoom(before, after, change);
  const { uniqueId } = difference.after;
  if (typeof uniqueId === "string") {
    const [, taken] = await Promise.all([
      holdUniqueId(run, environmentId, uniqueId),
      findUniqueIdOwnerIn(run, environmentId, uniqueId),
    ]);
    if (taken !== null) {
      throw new AppError("unique_id_taken", { field: "userProfile.uniqueId", profileKey: "uniqueId" });
    }
  }
  const now = context.now();
  const version = Math.max(now, (stored?.version ?? 0) + 1);
  const target = { kind: "user", id: userId, name: owner.name } as const;
  return {
    result: undefined,
    at: version,
    writes: [profileWrite(environmentId, userId, after, version)],
    audit: [{ action: "user.profile_changed", target, ...difference }],
    events: [
      {
        type: "profile.changed",
        environmentId: environmentId,
        userIds: [userId],
        connectionId: connectionOf(actor),
      },
    ],
  };
}
