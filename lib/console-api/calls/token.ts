import { z } from "zod";
import { SCOPE_NAMES } from "@/lib/core/operator-tokens/facts";
import { OPERATOR_ROLES } from "@/lib/core/permissions";
import { defineCall } from "../call";
import { Moment } from "./shapes";

export const whoAmI = defineCall({
  method: "GET",
  path: "/token",
  group: "Token",
  operationId: "getToken",
  summary: "Whose token this is",
  description: "The token that asks, its operator and what it may do.",
  permission: null,
  environments: "both",
  input: null,
  output: z.object({
    apiUrl: z.string().describe("Where app servers and clients reach the installation."),
    operator: z
      .object({ id: z.string(), name: z.string(), email: z.string(), role: z.enum(OPERATOR_ROLES) })
      .nullable()
      .describe("Null: the command line on its own installation."),
    token: z
      .object({
        id: z.string(),
        name: z.string(),
        scopes: z.array(z.enum(SCOPE_NAMES)),
        appId: z.string().nullable().describe("The only app it is for; null: every app."),
        expiresAt: Moment.nullable(),
      })
      .nullable(),
  }),
  async run(_context, actor, { caller, addresses: { apiUrl } }) {
    if (actor.kind !== "operator") return { apiUrl, operator: null, token: null };
    const { operatorId: id, name, email, role, token } = actor;
    return {
      apiUrl,
      operator: { id, name, email, role },
      token: token === undefined ? null : { ...token, appId: caller.appId, expiresAt: caller.expiresAt },
    };
  },
});
