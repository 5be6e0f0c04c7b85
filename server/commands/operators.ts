import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { resetFactors } from "@/lib/core/factors/remove-factor";
import { breakGlass, unlinkOperator } from "@/lib/core/oidc/break-glass";
import { changeConsoleNetworks } from "@/lib/core/operators/change-console-networks";
import { createOperator } from "@/lib/core/operators/create-operator";
import { createPasswordLink } from "@/lib/core/operators/create-password-link";
import { listOperators, type OperatorRow } from "@/lib/core/operators/list-operators";
import { removeOperator } from "@/lib/core/operators/remove-operator";
import { resetPassword } from "@/lib/core/operators/reset-password";
import { unlockOperator } from "@/lib/core/operators/unlock-operator";
import { OPERATOR_ROLES } from "@/lib/core/permissions";
import type { Runtime } from "@/lib/runtime";
import { systemActor } from "../installation/first-run";
import { type CommandResult, type CoreCommand, oneOf, required } from "./command";

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

/** A command about the operator whom `--email` names. */
const about = (
  name: string,
  summary: string,
  act: (runtime: Runtime, operator: OperatorRow) => Promise<CommandResult>,
): CoreCommand => ({
  name: `operators ${name}`,
  usage: "--email ADDRESS",
  summary,
  needs: "installation",
  flags: { email: { type: "string" } },
  run: async (runtime, flags) => act(runtime, await requireOperator(runtime.context, required(flags, "email"))),
});

const unlock = about(
  "unlock",
  "let an operator sign in at once after failed sign-ins",
  async ({ context }, { email }) => {
    const unlocked = await unlockOperator(context, systemActor("cli"), { email });
    const { name, wasLocked } = unlocked;
    const text = wasLocked ? `${name} (${email}) can sign in again.` : `${name} (${email}) had no failed sign-ins.`;
    return { data: unlocked, text };
  },
);

const resetSecondFactors = about(
  "reset-factors",
  "take the second factors off an operator who has lost them",
  async ({ context }, { id, email, name }) => {
    await resetFactors(context, systemActor("cli"), { operatorId: id });
    return { data: { email, name }, text: `${name} (${email}) signs in with the password alone now.` };
  },
);

const resetPasswordByLink = about(
  "reset-password",
  "print a one-time link by which an operator chooses a new password",
  async (runtime, operator) => {
    const made = await linkFor(runtime, operator);
    return { data: made, text: `${made.link}\nworks once, until ${made.expiresAt.toISOString()}.` };
  },
);

const breakTheGlass = about(
  "break-glass",
  "let an owner sign in by password for an hour where only the single sign-on does",
  async (runtime, operator) => {
    const until = await breakGlass(runtime.context, systemActor("cli"), { operatorId: operator.id });
    const made = await linkFor(runtime, operator);
    const { name, email } = operator;
    return {
      data: { ...made, until },
      text: `${name} (${email}) can sign in by password until ${until.toISOString()}. To choose one, once:\n${made.link}`,
    };
  },
);

const unlink = about(
  "unlink",
  "forget the single sign-on of an operator, so that another account of theirs can be linked",
  async ({ context }, { id, email, name }) => {
    const accounts = await unlinkOperator(context, systemActor("cli"), { operatorId: id });
    const text = accounts === 0 ? `${name} (${email}) had none.` : `Unlinked the single sign-on of ${name} (${email}).`;
    return { data: { email, name, accounts }, text };
  },
);

const remove = about(
  "remove",
  "remove an operator, with their sessions and tokens",
  async ({ context }, { id, email, name }) => {
    await removeOperator(context, systemActor("cli"), { operatorId: id, confirmation: email });
    return { data: { email, name }, text: `Removed ${name} (${email}).` };
  },
);

async function linkFor({ context, env }: Runtime, { id }: OperatorRow) {
  const { secret, email, expiresAt } = await createPasswordLink(context, systemActor("cli"), { operatorId: id });
  return { email, link: `${env.PUBLIC_CONSOLE_URL}/reset/${secret}`, expiresAt };
}

const allowFrom: CoreCommand = {
  name: "operators allow-from",
  usage: "--networks LIST | --any",
  summary: "say from which networks the console opens, also to whoever shut themselves out",
  needs: "installation",
  flags: { networks: { type: "string" }, any: { type: "boolean" } },
  async run({ context }, flags) {
    const networks = flags.any === true ? "" : required(flags, "networks");
    await changeConsoleNetworks(context, systemActor("cli"), { networks });
    return {
      data: { networks },
      text: networks === "" ? "The console opens from any address." : `The console opens from ${networks} only.`,
    };
  },
};

/** The operator of an address. Throws `not_found`. */
async function requireOperator(context: Context, address: string): Promise<OperatorRow> {
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
  breakTheGlass,
  allowFrom,
  unlink,
  remove,
];
