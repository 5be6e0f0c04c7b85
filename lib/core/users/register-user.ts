import type { Run } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, type EnvironmentRef, environmentOf, type Operator } from "../actor";
import { isClosed } from "../apps/resolve-environment";
import { isRecorded } from "../audit/schema";
import { type BatchedCommand, executeTogether } from "../command/execute-together";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { quotaReached } from "../quota/quota-reached";
import { isNearlyFull, type UsedSeats } from "../quota/schema";
import { requireRoom, tellingRoom } from "../room/need-room";
import { answerTestRuns } from "../test-runs/answer-test-runs";
import type { TestRunAnswer } from "../test-runs/schema";
import { issueToken } from "../tokens/issue-token";
import { quotaThresholdEvents } from "../webhooks/quota-threshold";
import {
  insertRegistration,
  type Registration,
  type RegistrationResult,
  registerAll,
  registerWithin,
} from "./registration-store";
import { type RegisterUserInput, RegisterUserSchema } from "./schema";
import { lockSeats } from "./seat-store";
import { findUser, type StoredUser } from "./user-store";

export interface RegisteredUser {
  readonly userId: string;
  readonly accessToken: string;
  /** False when the user was registered before. */
  readonly created: boolean;
  /** What became of the test run that was named, or that took the user in. */
  readonly testRun: TestRunAnswer;
  /** Of a new user in Development: the seats taken with theirs, once they are nearly all. */
  readonly nearlyFull?: UsedSeats;
}

type Created = Pick<RegisteredUser, "created" | "testRun" | "nearlyFull">;

type RegisterCommand = BatchedCommand<Registration>;

const bounds = { maxCommands: 100, keysOf: ({ userId }: Registration) => [userId] };

const register = executeTogether<Registration, Created>({
  ...bounds,
  maxInFlight: 6,
  async run(run, environmentId, commands) {
    const results = await registerAll(run, environmentId, inputsOf(commands));
    return commands.map((command, index) => outcomeOf(command, results[index]));
  },
});

const registerInDevelopment = executeTogether<Registration, Created>({ ...bounds, maxInFlight: 2, run: takeSeats });

async function takeSeats(
  run: Run,
  environmentId: EnvironmentId,
  commands: readonly RegisterCommand[],
): Promise<(Outcome<Created> | Error)[]> {
  const now = commands[0]?.context.now() ?? 0;
  const seats = await lockSeats(run, environmentId, now);
  const { taken, limit } = seats;
  const inputs = inputsOf(commands);
  const results = await registerWithin(run, environmentId, inputs, seats);
  const answers = await answerTestRuns(
    run,
    environmentId,
    inputs.map(({ userId, testRun }, index) => ({ userId, named: testRun, result: results[index] })),
  );
  const full = results.some(({ outcome }) => outcome === "quota_reached")
    ? await quotaReached(run, environmentId, seats, now)
    : null;
  const created = results.flatMap(({ outcome }, index) => (outcome === "created" ? [index] : []));
  return commands.map((command, index) => {
    const seatsTaken = taken + created.indexOf(index) + 1;
    const outcome = outcomeOf(command, results[index], {
      testRun: answers[index] ?? null,
      full,
      seats: { taken: seatsTaken, limit },
    });
    if (outcome instanceof Error || index !== created.at(-1)) return outcome;
    // Told by the command that took the last seat.
    const reached = { before: taken, after: taken + created.length, limit };
    return { ...outcome, webhooks: quotaThresholdEvents(command.context.now(), reached) };
  });
}

const inputsOf = (commands: readonly RegisterCommand[]) => commands.map(({ input }) => input);

interface InDevelopment {
  readonly testRun: TestRunAnswer;
  /** The refusal of those for whom no seat was free. */
  readonly full: AppError | null;
  /** Up to this user's; counts for a new one. */
  readonly seats: UsedSeats | null;
}

function outcomeOf(
  { input }: RegisterCommand,
  result: RegistrationResult | undefined,
  { testRun, full, seats }: InDevelopment = { testRun: null, full: null, seats: null },
): Outcome<Created> | AppError {
  const { userId, name, avatarUrl } = input;
  const target = { kind: "user", id: userId, name } as const;
  switch (result?.outcome) {
    case "soft_deleted":
      return new AppError("user_soft_deleted");
    case "quota_reached":
      return full ?? new AppError("user_quota_reached");
    case "created": {
      // The row itself is the record of what app servers register by the thousand.
      const after = { name, ...(avatarUrl === null ? {} : { avatarUrl }) };
      const nearlyFull = seats !== null && isNearlyFull(seats) ? { nearlyFull: seats } : {};
      return {
        result: { created: true, testRun, ...nearlyFull },
        audit: [{ action: "user.registered", target, after }],
      };
    }
    case "known": {
      const { before, after } = result;
      if (Object.keys(after).length === 0) return { result: { created: false, testRun } };
      return { result: { created: false, testRun }, audit: [{ action: "user.updated", target, before, after }] };
    }
    case undefined:
      throw new Error("register: each command has a result");
  }
}

/** What registering would find now, for `registerUser`: null when there is nobody of this id. Changes nothing. */
export function findRegistered(
  context: Context,
  actor: Actor,
  input: Pick<RegisterUserInput, "userId">,
): Promise<StoredUser | null> {
  requirePermission(actor, "users.register");
  return findUser(context.db, environmentOf(actor).id, input.userId);
}

/** Operators register with `registerNewUser`: an id that they typed must not change a user who has it. */
type Registrar = Exclude<Actor, Operator>;

interface RegisterOptions {
  /** What `findRegistered` gave during the same call: a user who is registered as asked for already is not touched again. */
  readonly found?: StoredUser | null;
  /** The test run that the caller has named, in whatever spelling; undefined: none. Only a new user joins it. */
  readonly testRun?: string;
}

/**
 * Registers a user, or updates the name and avatar of the one registered before, and issues an access token; earlier
 * tokens stay valid (contract section 5.1). Throws `user_quota_reached` and `user_soft_deleted`.
 *
 * App servers' registrations are not audited (the row itself is the record), what they change is. A test run that there is
 * not hinders nobody: the answer says so.
 */
export async function registerUser(
  context: Context,
  actor: Registrar,
  input: RegisterUserInput,
  { found = null, testRun }: RegisterOptions = {},
): Promise<RegisteredUser> {
  requirePermission(actor, "users.register");
  const environment = environmentOf(actor);
  const { userId, name, avatarUrl = null } = RegisterUserSchema.parse(input);
  if (isClosed(environment)) throw new AppError("production_closed");
  const registration: Registration = {
    userId,
    name,
    avatarUrl,
    createdAt: new Date(context.now()),
    ...(testRun === undefined ? {} : { testRun }),
  };
  const registered = isAsAsked(found, registration)
    ? { created: false, testRun: await answerKnown(context, environment, registration) }
    : await createOrUpdate(context, actor, registration);
  const { accessToken } = await issueToken(context, environment, userId);
  return { userId, accessToken, ...registered };
}

async function createOrUpdate(context: Context, actor: Registrar, registration: Registration): Promise<Created> {
  const { id, name } = environmentOf(actor);
  if (name === "development") return registerInDevelopment(context, actor, registration);
  const testRun = notInProduction(registration);
  if (!isRecorded("user.registered", actor.kind)) {
    // From a new row nothing follows: one statement does it.
    requireRoom(context, actor);
    const outcome = await tellingRoom(context, () => insertRegistration(context.db, id, registration));
    if (outcome !== "other") return { created: outcome === "created", testRun };
  }
  return { ...(await register(context, actor, registration)), testRun };
}

const notInProduction = ({ testRun }: Registration): TestRunAnswer =>
  testRun === undefined ? null : { run: null, reason: "production" };

/** Of a user who is registered as asked for already: looks only where a run was named. */
async function answerKnown(
  context: Context,
  environment: EnvironmentRef,
  registration: Registration,
): Promise<TestRunAnswer> {
  if (environment.name !== "development") return notInProduction(registration);
  const known = { userId: registration.userId, named: registration.testRun, result: undefined };
  return (await answerTestRuns(context.db, environment.id, [known]))[0] ?? null;
}

/** Whether registering would change nothing. Soft-deleted users are left to the registration to refuse. */
function isAsAsked(found: StoredUser | null, { name, avatarUrl }: Registration): boolean {
  if (found === null || found.softDeletedAt !== null || found.name !== name) return false;
  return avatarUrl === null || avatarUrl === found.avatarUrl;
}
