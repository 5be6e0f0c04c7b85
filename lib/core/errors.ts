import { errorOfKind } from "../error-kind";

/**
 * Every refusal the product can give. The core throws `AppError`; only the door wrappers (Server API, server actions,
 * console endpoints, gateway) catch it and translate by the table below.
 */

interface ErrorRow {
  /** HTTP status of the Server API and of the console's endpoints (contract section 3.1). */
  readonly status: number;
  /** `code` of the Server API's envelope (contract section 3.2). */
  readonly wireCode: number;
  /** `error.code` of an answer to a connected client: the Server API's number, except where clients know another. */
  readonly clientCode: number;
  /** What the caller may read when the thrower gave no more exact sentence. */
  readonly sentence: string;
  /** False: a fault of ours, to be logged as an error with its stack. */
  readonly expected: boolean;
}

const row = (
  status: number,
  wireCode: number,
  sentence: string,
  { clientCode = wireCode, expected = true }: Partial<Pick<ErrorRow, "clientCode" | "expected">> = {},
): ErrorRow => ({ status, wireCode, clientCode, sentence, expected });

export const ERRORS = {
  // input
  invalid_parameter: row(400, 1002, "A parameter is invalid."),
  parameter_too_long: row(400, 1005, "A parameter is too long."),
  body_not_json: row(400, 1002, "The request body must be a JSON object sent as application/json."),
  body_too_large: row(400, 1002, "The request body is too large."),
  // signed requests
  signature_invalid: row(401, 1004, "The signature check failed."),
  app_key_unknown: row(401, 1002, "invalid App-Key.", { clientCode: 31002 }),
  app_closed: row(401, 1006, "This App Key is closed.", { clientCode: 31008 }),
  rate_limited: row(429, 1008, "The rate limit is exceeded.", { clientCode: 20604 }),
  path_unknown: row(404, 404, "There is no such endpoint."),
  method_not_allowed: row(405, 1002, "Use POST."),
  // connecting clients (docs/client-api.md)
  token_invalid: row(401, 31004, "The access token is invalid."),
  token_expired: row(401, 31020, "The access token has expired."),
  token_of_other_environment: row(401, 31025, "The access token belongs to the app's other environment."),
  user_banned: row(403, 31009, "The user is banned."),
  origin_refused: row(403, 31022, "Pages of this origin may not connect."),
  connecting_too_often: row(429, 30015, "This connects too often. Wait, then try again."),
  protocol_unsupported: row(400, 31001, "This protocol version is not supported."),
  connect_unavailable: row(503, 31000, "The server cannot check the connection now. Try again.", { expected: false }),
  not_connected: row(401, 30001, "The first call must be connect."),
  already_connected: row(400, 34001, "This is connected already."),
  // users
  user_not_found: row(400, 400, "The user does not exist."),
  user_exists: row(409, 1002, "A user of this id is registered already."),
  user_soft_deleted: row(403, 31029, "The user has been soft-deleted."),
  user_quota_reached: row(
    403,
    2007,
    "The Development environment has reached its limit of registered users. Delete test users in the console to free seats.",
  ),
  user_not_soft_deleted: row(400, 1002, "The user is not soft-deleted."),
  user_restore_too_early: row(400, 1002, "The user was soft-deleted too recently to be restored."),
  server_api_only: row(403, 1004, "Soft delete is available through the Server API only."),
  // hosted profiles (contract section 3.3)
  profile_key_not_settable: row(400, 24360, "A client may not set this profile key."),
  profile_key_unknown: row(400, 24361, "This basic profile key does not exist."),
  profile_key_undeclared: row(400, 24362, "This profile key is not declared in the console."),
  profile_too_many_keys: row(400, 24363, "Too many extended profile keys."),
  profile_value_too_long: row(400, 24364, "A profile value is too long."),
  profile_too_many_ids: row(400, 24365, "Too many user ids in one profile query."),
  profile_not_found: row(400, 24366, "The user has no hosted profile."),
  profile_value_not_numeric: row(400, 24367, "This profile value must be a number."),
  profile_value_out_of_range: row(400, 24368, "This profile value is out of its range."),
  unique_id_taken: row(400, 1002, "uniqueId is taken by another user."),
  // friends
  page_token_invalid: row(400, 25432, "pageToken cannot be read."),
  already_friends: row(400, 25460, "They are friends already."),
  blocked_by_target: row(400, 25462, "The target has blocked the requester."),
  target_blocked: row(400, 25464, "The requester has blocked the target."),
  friend_request_not_found: row(400, 25466, "There is no such friend request, or it has expired."),
  friend_limit_reached: row(400, 25467, "The user has as many friends as is allowed."),
  target_friend_limit_reached: row(400, 25468, "The target has as many friends as is allowed."),
  not_friends: row(400, 25469, "They are not friends."),
  friend_attributes_too_many: row(400, 25470, "Too many friend attributes."),
  friend_requests_refused: row(400, 25471, "The target accepts no friend requests."),
  friend_is_self: row(400, 25473, "Nobody can be their own friend."),
  // direct messages
  blocklist_limit_reached: row(400, 1002, "The blocklist is full."),
  message_muted: row(403, 20106, "The sender is muted in direct channels."),
  message_blocked: row(403, 405, "The recipient has blocked the sender."),
  message_friends_only: row(403, 25469, "Direct messages are restricted to friends, and they are not friends."),
  // groups
  group_not_open: row(403, 25414, "Nobody can join this group."),
  group_too_many_roles: row(
    400,
    25419,
    "The group has as many admins, or the member as many favorites, as is allowed.",
  ),
  not_group_admin: row(400, 25420, "The user is not an admin of the group."),
  group_too_many_ids: row(400, 25422, "Too many group ids in one query."),
  group_owner_no_admin: row(400, 25425, "The group's owner cannot be made an admin."),
  group_invite_forbidden: row(403, 25426, "The group's permissions do not allow inviting."),
  group_consent_needed: row(403, 25427, "Nobody can be added to this group without their consent."),
  group_forbidden: row(403, 25405, "The group's permissions do not allow this."),
  group_exists: row(409, 25409, "The group exists already."),
  group_not_found: row(404, 25410, "The group does not exist."),
  group_full: row(400, 25411, "The group is full."),
  already_in_group: row(400, 25412, "They are in the group already."),
  group_owner_only_dismisses: row(400, 25417, "This is not possible for the group's owner."),
  not_in_group: row(400, 25418, "The user is not in the group."),
  group_name_empty: row(400, 25423, "The group's name must not be empty."),
  group_id_invalid: row(400, 25430, "The group's id must consist of letters, digits and _ - + = | @ . only."),
  // console
  sign_in_failed: row(401, 1004, "The e-mail address or the password is wrong."),
  sign_in_locked: row(429, 1008, "Too many failed sign-ins. Try again later."),
  issuer_only: row(403, 1004, "Sign in with the single sign-on: here nothing else signs in."),
  second_factor_needed: row(401, 1004, "Now prove your second factor."),
  second_factor_missing: row(403, 1004, "Your role needs a second factor. Set one up first."),
  confirmation_needed: row(403, 1004, "Confirm that it’s you to do this."),
  not_signed_in: row(401, 1004, "You are signed out. Sign in and try again."),
  forbidden: row(403, 1004, "Your role does not allow this."),
  not_found: row(404, 404, "This does not exist."),
  development_only: row(403, 1004, "Test users can be deleted in Development only."),
  test_run_not_found: row(404, 404, "There is no such test run."),
  test_run_exists: row(409, 1002, "A test run of this id exists already."),
  test_run_over: row(409, 1002, "The test run is over."),
  test_run_limit_reached: row(403, 1002, "The environment has as many test runs as it may."),
  not_in_test_run: row(409, 1002, "The user does not belong to this test run."),
  clock_backwards: row(409, 1002, "The test clock only moves forward."),
  clock_too_far: row(400, 1002, "The test clock is at most 10 years ahead of real time."),
  clock_moved: row(503, 1050, "The environment has just gone back to real time. Send this again."),
  seats_not_free: row(409, 2007, "So many seats are not free."),
  scenario_running: row(409, 1002, "A scenario is being seeded into this environment just now. Try again in a moment."),
  version_conflict: row(409, 1002, "Someone else has changed this meanwhile. Reload to see their change."),
  last_owner: row(403, 1004, "This is the last owner. Make someone else an owner first."),
  email_taken: row(409, 1002, "An operator already has this e-mail address."),
  link_invalid: row(403, 1004, "This link is no longer valid."),
  app_in_use: row(409, 1002, "The app is in use."),
  production_closed: row(403, 1006, "Production is closed on the free plan.", { clientCode: 31008 }),
  too_many_targets: row(400, 1002, "Too many users for one job."),
  // ours
  /** Expected: what led to it is told once, by `lib/room`. */
  no_room: row(
    503,
    1051,
    "Nothing can be stored at the moment: there is no room left. Reading goes on. Try again later.",
  ),
  timeout: row(504, 1050, "The request took too long. Try again.", { expected: false }),
  /** Whether a change that was under way took effect is not known, unlike after `timeout`. */
  database_silent: row(504, 1050, "The request took too long. Try again.", { expected: false }),
  database_away: row(500, 1000, "Something went wrong on our side.", { expected: false }),
  internal: row(500, 1000, "Something went wrong on our side.", { expected: false }),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERRORS;

/** Who has the id that was to be a new user's. */
export interface ExistingUser {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly status: "active" | "banned" | "deleted";
  /** End of the running ban. */
  readonly bannedUntil: Date | null;
}

/** With `version_conflict`: what somebody has changed since the page was read that an act was based on. */
export interface Conflict {
  /** Who did it, by name; null: no record says. */
  readonly by: string | null;
  readonly at: Date | null;
  /** In words that follow the name: "banned isla". */
  readonly did: string;
  /** Until when what was done holds: the end of a ban. */
  readonly until?: Date;
  /** What stands now, in the shape of what the command carries as seen. Whoever acts on it all the same carries this. */
  readonly current: unknown;
}

/** With `second_factor_needed`: the password was right, and this is what signs in together with a second factor. */
export interface SecondStep {
  /** Good for five minutes and for one sign-in. */
  readonly ticket: string;
  /** Whether the operator has an authenticator app. */
  readonly app: boolean;
  /** The question for one of the operator's passkeys. */
  readonly passkey: { readonly ticket: string; readonly options: unknown } | null;
}

export interface AppErrorOptions {
  /** A more exact sentence for the caller. Never put secrets or other environments' data here. */
  readonly message?: string;
  /** The field that was wrong, as the caller spelled it. */
  readonly field?: string;
  /** The key of a hosted profile that was refused (contract section 10.1). */
  readonly profileKey?: string;
  /** With `user_exists`, for operators only. */
  readonly existingUser?: ExistingUser;
  /** With `version_conflict`, for operators only. */
  readonly conflict?: Conflict;
  /** With `second_factor_needed`: how to go on. */
  readonly secondStep?: SecondStep;
  /** With a refusal that time mends: how soon it may be tried again, in milliseconds. */
  readonly retryAfterMs?: number;
  /** For the log only. */
  readonly cause?: unknown;
}

/** A refusal with a code from `ERRORS`; `message` is fit for the caller. */
export class AppError extends errorOfKind("AppError") {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly profileKey: string | undefined;
  readonly existingUser: ExistingUser | undefined;
  readonly conflict: Conflict | undefined;
  readonly secondStep: SecondStep | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(options.message ?? ERRORS[code].sentence, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.field = options.field;
    this.profileKey = options.profileKey;
    this.existingUser = options.existingUser;
    this.conflict = options.conflict;
    this.secondStep = options.secondStep;
    this.retryAfterMs = options.retryAfterMs;
  }
}
