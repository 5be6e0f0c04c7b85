import { z } from "zod";
import {
  DEFAULT_FACTORS,
  DEFAULT_GROUPS_CLAIM,
  DEFAULT_SCOPES,
  type IssuerSettings,
  parseDomains,
  parseIssuer,
  parseRoles,
  parseScopes,
  parseWords,
} from "./core/oidc/schema";
import { OPERATOR_ROLES } from "./core/permissions";
import { onOff, parsed } from "./env-values";

/** The variables of the OpenID issuer that operators sign in with; all of them count, or none. */
export const ISSUER_VARIABLES = {
  /** Its address, as it spells itself. */
  OIDC_ISSUER: parsed(parseIssuer, "an address that starts with https://").optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** What people call it: "Continue with …". */
  OIDC_NAME: z.string().max(40, "must have at most 40 characters").default("single sign-on"),
  OIDC_SCOPES: parsed(parseScopes, "scopes with blanks between them, openid among them").default(DEFAULT_SCOPES),
  OIDC_GROUPS_CLAIM: z.string().default(DEFAULT_GROUPS_CLAIM),
  /** `group=role` with semicolons between; unset: roles are given in the console. */
  OIDC_ROLES: parsed(parseRoles, "group=role with semicolons between them").default([]),
  /** The role of whoever is in none of those groups; unset: they stay out. */
  OIDC_OTHER_ROLE: z.enum(OPERATOR_ROLES, { message: "must be owner, admin, support, viewer or guest" }).optional(),
  OIDC_DOMAINS: parsed(parseDomains, "domains with commas between them").default([]),
  /** Whether people become operators by their first sign-in. */
  OIDC_CREATE: onOff("off"),
  OIDC_FACTORS: z.string().transform(parseWords).default(DEFAULT_FACTORS),
  /** Whether passwords and passkeys sign nobody in. */
  OIDC_ONLY: onOff("off"),
};

const IssuerVariables = z.object(ISSUER_VARIABLES);
type Variables = z.output<typeof IssuerVariables>;

/** The three that make an issuer stand together. */
export function requireWholeIssuer({ value, issues }: z.core.ParsePayload<Variables>): void {
  const given = [value.OIDC_ISSUER, value.OIDC_CLIENT_ID, value.OIDC_CLIENT_SECRET];
  if (given.every((one) => one === undefined) || given.every((one) => one !== undefined)) return;
  issues.push({
    code: "custom",
    input: value,
    path: ["OIDC_ISSUER"],
    message: "OIDC_ISSUER, OIDC_CLIENT_ID and OIDC_CLIENT_SECRET must be set together",
  });
}

/** The issuer that the variables name; undefined: they name none. */
export function issuerOf(env: Variables): IssuerSettings | undefined {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = env;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  return {
    name: env.OIDC_NAME,
    issuer,
    clientId,
    clientSecret,
    scopes: env.OIDC_SCOPES,
    groupsClaim: env.OIDC_GROUPS_CLAIM,
    roles: env.OIDC_ROLES,
    otherRole: env.OIDC_OTHER_ROLE ?? null,
    domains: env.OIDC_DOMAINS,
    create: env.OIDC_CREATE,
    factors: env.OIDC_FACTORS,
    only: env.OIDC_ONLY,
  };
}
