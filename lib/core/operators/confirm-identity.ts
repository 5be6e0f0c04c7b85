import { INSTALLATION, type Operator } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import type { Site } from "../factors/passkey";
import { askForFactor, type ProvenBy, proveFactor, type SecondFactors } from "../factors/prove-factor";
import { provesAtIssuer } from "../oidc/confirm-with-issuer";
import { noteSecurityEvent } from "../security-events/note-event";
import { findOperator, lockOperator } from "./operator-store";
import { NO_PASSWORD } from "./password";
import { type ConfirmIdentityInput, ConfirmIdentitySchema } from "./schema";
import { markConfirmed } from "./session-store";
import { clearFailures, lockSeconds, signedInAs } from "./sign-in-throttle-store";
import { inWords, tryPassword, tryToProve } from "./try-password";

/** How somebody proves once more who they are: by a second factor where they have one, by the password or at the issuer otherwise. */
export type ConfirmationWays = SecondFactors & {
  readonly password: boolean;
  /** What the issuer is called where they may prove themselves once more; absent: nowhere. */
  readonly issuer?: string;
};

export async function askForConfirmation(
  context: Context,
  actor: Operator,
  site: Site | null,
): Promise<ConfirmationWays> {
  const operator = await findOperator(context.db.prisma, actor.operatorId);
  if (operator === null) throw new AppError("not_signed_in");
  const factors = await askForFactor(context.db.prisma, context, site, actor.operatorId);
  if (operator.secondFactorSince !== null) return { ...factors, password: false };
  const issuer = await provesAtIssuer(context, operator.id);
  if (issuer === null) return { ...factors, password: true };
  return { ...factors, password: operator.passwordHash !== NO_PASSWORD, issuer };
}

/**
 * Proves once more who uses this session, which counts for five minutes (`FRESH_MINUTES`). Failures are counted for the session.
 * Throws `invalid_parameter` at the field that is wrong, `sign_in_locked`, and `forbidden` to tokens.
 */
export async function confirmIdentity(
  context: Context,
  actor: Operator,
  site: Site | null,
  input: ConfirmIdentityInput,
): Promise<null> {
  const { password, ...proof } = ConfirmIdentitySchema.parse(input);
  const { sessionId } = actor;
  if (actor.source !== "console" || sessionId === undefined) {
    throw new AppError("forbidden", { message: "Only people confirm who they are." });
  }
  const counted = signedInAs(actor);
  const find = () => findOperator(context.db.prisma, actor.operatorId);
  const accept = ({ id, email, passwordHash, secondFactorSince }: NonNullable<Awaited<ReturnType<typeof find>>>) =>
    executeWithPrisma<true | null>(context, actor, async (tx) => {
      const current = await lockOperator(tx, id);
      const same =
        current?.passwordHash === passwordHash && current.secondFactorSince?.getTime() === secondFactorSince?.getTime();
      const by: ProvenBy | "password" | null =
        secondFactorSince === null ? "password" : await proveFactor(tx, context, site, id, proof);
      if (!same || by === null) return { result: null };
      await markConfirmed(tx, sessionId, new Date(context.now()));
      await clearFailures(tx, counted);
      const target = { kind: "operator", id, name: email } as const;
      return {
        result: true,
        audit: [{ environmentId: INSTALLATION, action: "operator.confirmed", target, after: { by } }],
      };
    });
  const byPassword = (await find())?.secondFactorSince === null;
  const tried = byPassword
    ? await tryPassword(context, counted, password ?? "", { find, accept })
    : await tryToProve(context, counted, { find, check: async () => true, accept });
  if (tried.operator === null) throw new AppError("not_signed_in");
  if (tried.accepted !== null) return null;
  noteSecurityEvent(context, {
    action: "security.wrong_proofs",
    environmentId: INSTALLATION,
    target: { kind: "operator", id: actor.operatorId, name: actor.email },
    from: { ip: actor.ip, source: "console" },
  });
  const seconds = lockSeconds(tried.failures);
  const wait = seconds > 0 ? ` Try again in ${inWords(seconds * 1_000)}.` : "";
  throw byPassword
    ? new AppError("invalid_parameter", { field: "password", message: `This is not your password.${wait}` })
    : new AppError("invalid_parameter", {
        field: "code",
        message: `${proof.passkey === undefined ? "This code isn’t right, or was used before." : "This passkey isn’t yours."}${wait}`,
      });
}
