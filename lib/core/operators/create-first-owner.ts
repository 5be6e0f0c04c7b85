import type { System } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { equalInConstantTime, sha256 } from "../secrets";
import { type AddedOperator, addOperator } from "./add-operator";
import { checkSetupLink } from "./check-setup-link";
import { choosePassword } from "./choose-password";
import { deleteSetupLink, findSetupLink } from "./installation-fact-store";
import { countOperators, lockOperators } from "./operator-store";
import { type CreateFirstOwnerInput, CreateFirstOwnerSchema, FACTORS_AFTER_DAYS } from "./schema";
import { demandingFrom, findSignInRules, saveSignInRules } from "./sign-in-rules-store";

const REFUSALS = {
  used: "This installation is already set up. Sign in instead.",
  expired: "This set-up link has expired. Start the installation again to get a new one.",
  invalid: "This set-up link is not valid. Use the latest one the installation printed.",
} as const;

const DAY_MS = 86_400_000;

/**
 * Creates the first owner by the one-time set-up link, which it uses up: of several submissions at once exactly one
 * succeeds. Two weeks later second factors are demanded of everybody, which owners may change until then. Throws `link_invalid`, and `invalid_parameter` for a password that is easy to guess.
 */
export async function createFirstOwner(
  context: Context,
  actor: System,
  input: CreateFirstOwnerInput,
): Promise<AddedOperator> {
  const { secret, email, name, password } = CreateFirstOwnerSchema.parse(input);
  const state = await checkSetupLink(context, secret);
  if (state !== "valid") throw new AppError("link_invalid", { message: REFUSALS[state] });
  const passwordHash = await choosePassword(password, { name, email });
  const now = context.now();
  return executeWithPrisma(context, { ...actor, source: "setup" }, async (tx) => {
    await lockOperators(tx);
    if ((await countOperators(tx)) > 0) throw new AppError("link_invalid", { message: REFUSALS.used });
    const link = await findSetupLink(tx);
    // A newer link may have taken its place while the password was hashed.
    if (link === null || !equalInConstantTime(link.secretHash, sha256(secret)) || link.expiresAt <= now) {
      throw new AppError("link_invalid", { message: REFUSALS.invalid });
    }
    await deleteSetupLink(tx);
    const demandedFrom = Math.floor(now / DAY_MS + FACTORS_AFTER_DAYS) * DAY_MS;
    await saveSignInRules(tx, demandingFrom(await findSignInRules(tx), demandedFrom), new Date(now));
    return addOperator(tx, now, { email, name, role: "owner", passwordHash });
  });
}
