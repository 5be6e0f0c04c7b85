import type { z } from "zod";
import type { Db } from "@/lib/db/database";
import { type Actor, INSTALLATION, type System } from "../actor";
import { executeWithPrisma } from "../command/execute";
import type { Outcome } from "../command/outcome";
import type { Context } from "../context";
import { AppError } from "../errors";
import { sha256 } from "../secrets";
import { noteAtConsole } from "../security-events/note-event";
import { choosePassword } from "./choose-password";
import {
  findOperator,
  findOperatorByEmail,
  lockOperator,
  type StoredOperator,
  updatePasswordHash,
} from "./operator-store";
import { deletePasswordLink, findPasswordLink } from "./password-link-store";
import { type PasswordByLinkInput, PasswordByLinkSchema, ResetPasswordSchema } from "./schema";
import { forgetBrowsers, revokeSessions } from "./session-store";
import { unlockAddress } from "./sign-in-throttle-store";

export interface ResetPassword {
  readonly email: string;
  readonly name: string;
  readonly sessionsEnded: number;
}

/** Whoever has the old password, a session or a browser of this operator has nothing any more. */
async function setAnew(
  tx: Db,
  { id, name, email }: StoredOperator,
  passwordHash: string,
  now: number,
): Promise<Outcome<ResetPassword>> {
  await updatePasswordHash(tx, id, passwordHash);
  await deletePasswordLink(tx, id);
  await unlockAddress(tx, email);
  await forgetBrowsers(tx, id);
  const sessionsEnded = await revokeSessions(tx, id, new Date(now));
  const target = { kind: "operator", id, name: email } as const;
  return {
    result: { email, name, sessionsEnded },
    audit: [{ environmentId: INSTALLATION, action: "operator.password_changed", target, after: { sessionsEnded } }],
  };
}

/**
 * Sets a new password for an operator who has lost theirs, lifts the lock of failed sign-ins and ends all their sessions. For
 * whoever runs the installation; the console makes a link (`createPasswordLink`). Throws `not_found`, `invalid_parameter`.
 */
export async function resetPassword(
  context: Context,
  actor: System,
  input: z.input<typeof ResetPasswordSchema>,
): Promise<ResetPassword> {
  const { email, password } = ResetPasswordSchema.parse(input);
  const operator = await findOperatorByEmail(context.db.prisma, email);
  if (operator === null)
    throw new AppError("not_found", { message: `There is no operator with the address ${email}.` });
  const passwordHash = await choosePassword(password, operator);
  return executeWithPrisma(context, actor, async (tx) =>
    setAnew(tx, (await lockOperator(tx, operator.id)) ?? operator, passwordHash, context.now()),
  );
}

const invalid = () =>
  new AppError("link_invalid", { message: "This link was used, or it has expired. Ask an owner for a new one." });

/** Whose password a link sets; null when it was never made, was used, has expired, or its operator is disabled; that `visitor` tried one is noted. */
export async function findPasswordLinkOwner(
  context: Context,
  secret: string,
  visitor?: Pick<Actor, "ip">,
): Promise<{ email: string; name: string } | null> {
  const operator = await ownerOf(context.db.prisma, secret, context.now());
  if (operator === null && visitor !== undefined) noteAtConsole(context, "security.links_guessed", visitor.ip);
  return operator === null ? null : { email: operator.email, name: operator.name };
}

async function ownerOf(db: Db, secret: string, now: number): Promise<StoredOperator | null> {
  const link = await findPasswordLink(db, sha256(secret));
  if (link === null || link.expiresAt.getTime() <= now) return null;
  const operator = await findOperator(db, link.operatorId);
  return operator === null || operator.disabledAt !== null ? null : operator;
}

/**
 * Sets the new password that whoever holds a one-time link has chosen, and uses the link up: of several submissions at once one
 * succeeds. Throws `link_invalid`, `invalid_parameter`.
 */
export async function setPasswordByLink(
  context: Context,
  actor: Actor,
  input: PasswordByLinkInput,
): Promise<ResetPassword> {
  const { secret, password } = PasswordByLinkSchema.parse(input);
  const owner = await ownerOf(context.db.prisma, secret, context.now());
  if (owner === null) {
    noteAtConsole(context, "security.links_guessed", actor.ip);
    throw invalid();
  }
  const passwordHash = await choosePassword(password, owner);
  return executeWithPrisma(context, actor, async (tx) => {
    await lockOperator(tx, owner.id);
    const current = await ownerOf(tx, secret, context.now());
    if (current === null) throw invalid();
    return setAnew(tx, current, passwordHash, context.now());
  });
}
