import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { resetFactors } from "@/lib/core/factors/remove-factor";
import { createOperator } from "@/lib/core/operators/create-operator";
import { createPasswordLink } from "@/lib/core/operators/create-password-link";
import { listOperators } from "@/lib/core/operators/list-operators";
import { removeOperator } from "@/lib/core/operators/remove-operator";
import { resetPassword } from "@/lib/core/operators/reset-password";
import { unlockOperator } from "@/lib/core/operators/unlock-operator";
import { OPERATOR_ROLES } from "@/lib/core/permissions";
import { systemActor } from "../installation/first-run";
import { type CoreCommand, oneOf, required } from "./command";

const ROLES = OPERATOR_ROLES.toReversed();

const create: CoreCommand = {
  name: "operators create",
  usage: "--email ADDRESS --password PASSWORD --role owner|admin|support|viewer|guest [--name NAME]",
  summary: "make an operator who can sign in at once",
  needs: "installation",
  flags: {
    email: { type: "string" },
    password: { type: "string" },
    role: { type: "string" },
    name: { type: "string" },
  },
  async run({ context }, flags) {
    const email = required(flags, "email");
    const operator = await createOperator(context, systemActor("cli"), {
      email,
      password: required(flags, "password"),
      role: oneOf(flags, "role", ROLES),
      name: typeof flags.name === "string" && flags.name !== "" ? flags.name : (email.split("@")[0] ?? email),
    });
    const { id, name, role } = operator;
    return {
      data: { id, email: operator.email, name, role },
      text: `Made the operator ${name} (${operator.email}) with the role ${role}.`,
    };
  },
};

const setPassword: CoreCommand = {
  name: "operators set-password",
  usage: "--email ADDRESS --password PASSWORD",
  summary: "give an operator a new password, and sign them out everywhere",
  needs: "installation",
  flags: { email: { type: "string" }, password: { type: "string" } },
  async run({ context }, flags) {
    const reset = await resetPassword(context, systemActor("cli"), {
      email: required(flags, "email"),
      password: required(flags, "password"),
    });
    return { data: reset, text: `${reset.name} (${reset.email}) has a new password and is signed out everywhere.` };
  },
};

const unlock: CoreCommand = {
  name: "operators unlock",
  usage: "--email ADDRESS",
  summary: "let an operator sign in at once after failed sign-ins",
  needs: "installation",
  flags: { email: { type: "string" } },
  async run({ context }, flags) {
    const unlocked = await unlockOperator(context, systemActor("cli"), { email: required(flags, "email") });
    const { name, email, wasLocked } = unlocked;
    return {
      data: unlocked,
      text: wasLocked ? `${name} (${email}) can sign in again.` : `${name} (${email}) had no failed sign-ins.`,
    };
  },
};

const resetSecondFactors: CoreCommand = {
  name: "operators reset-factors",
  usage: "--email ADDRESS",
  summary: "take the second factors off an operator who has lost them",
  needs: "installation",
  flags: { email: { type: "string" } },
  async run({ context }, flags) {
    const { id, email, name } = await requireOperator(context, required(flags, "email"));
    await resetFactors(context, systemActor("cli"), { operatorId: id });
    return { data: { email, name }, text: `${name} (${email}) signs in with the password alone now.` };
  },
};

const resetPasswordByLink: CoreCommand = {
  name: "operators reset-password",
  usage: "--email ADDRESS",
  summary: "print a one-time link by which an operator chooses a new password",
  needs: "installation",
  flags: { email: { type: "string" } },
  async run({ context, env }, flags) {
    const { id } = await requireOperator(context, required(flags, "email"));
    const { email, secret, expiresAt } = await createPasswordLink(context, systemActor("cli"), { operatorId: id });
    const link = `${env.PUBLIC_CONSOLE_URL}/reset/${secret}`;
    return { data: { email, link, expiresAt }, text: `${link}\nworks once, until ${expiresAt.toISOString()}.` };
  },
};

const remove: CoreCommand = {
  name: "operators remove",
  usage: "--email ADDRESS",
  summary: "remove an operator, with their sessions and tokens",
  needs: "installation",
  flags: { email: { type: "string" } },
  async run({ context }, flags) {
    const { id, email, name } = await requireOperator(context, required(flags, "email"));
    await removeOperator(context, systemActor("cli"), { operatorId: id, confirmation: email });
    return { data: { email, name }, text: `Removed ${name} (${email}).` };
  },
};

/** The operator of an address. Throws `not_found`. */
async function requireOperator(context: Context, address: string) {
  const { operators } = await listOperators(context, systemActor("cli"));
  const operator = operators.find(({ email }) => email === address.trim().toLowerCase());
  if (operator !== undefined) return operator;
  throw new AppError("not_found", { message: `There is no operator with the address ${address}.` });
}

export const operatorCommands: readonly CoreCommand[] = [
  create,
  setPassword,
  resetPasswordByLink,
  resetSecondFactors,
  unlock,
  remove,
];
