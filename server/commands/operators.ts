import { createOperator } from "@/lib/core/operators/create-operator";
import { systemActor } from "../installation/first-run";
import { type CoreCommand, oneOf, required } from "./command";

const ROLES = ["owner", "admin", "support", "viewer"] as const;

const create: CoreCommand = {
  name: "operators create",
  usage: "--email ADDRESS --password PASSWORD --role owner|admin|support|viewer [--name NAME]",
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

export const operatorCommands: readonly CoreCommand[] = [create];
