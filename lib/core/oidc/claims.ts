import { EmailSchema, OperatorNameSchema } from "../operators/schema";
import type { IssuerSettings } from "./schema";

/** What a token or an answer of an issuer says, unread. */
export type Claims = Readonly<Record<string, unknown>>;

/** A person as an issuer knows them; every claim was looked at, and what it should not be counts as absent. */
export interface IssuerPerson {
  readonly issuer: string;
  readonly subject: string;
  /** Of the sign-in: each is taken once. */
  readonly nonce: string;
  /** Lower case; null: none that the issuer has verified. */
  readonly email: string | null;
  readonly name: string;
  readonly groups: readonly string[];
  /** The issuer has asked for a second factor, by the values that the settings take for that. */
  readonly twoFactors: boolean;
  /** When the person has last proven themselves there, in Unix milliseconds; null: it does not say. */
  readonly authenticatedAt: number | null;
}

const GROUPS_MOST = 5_000;

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const textsOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string" && item !== "");

/** A claim by its name, or by a path: `realm_access.roles`. A name with dots of its own goes first. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  let at: unknown = claims;
  for (const name of path.split(".")) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Claims)[name];
  }
  return at;
}

/**
 * Reads who somebody is. `token`: the claims of the ID token, which NextAuth has checked; who it is, when and how, is taken from them
 * alone. `info`: the answer about the same subject, which may tell e-mail address, name and groups.
 */
export function readPerson(
  settings: Pick<IssuerSettings, "issuer" | "groupsClaim" | "factors">,
  token: Claims,
  info: Claims,
): IssuerPerson {
  const told = { ...token, ...info };
  const verified = told.email_verified === true || told.email_verified === "true";
  const email = EmailSchema.safeParse(told.email);
  const address = verified && email.success ? email.data : null;
  const name = OperatorNameSchema.safeParse(told.name ?? told.preferred_username);
  const groups = settings.groupsClaim === "" ? [] : textsOf(claimAt(told, settings.groupsClaim)).slice(0, GROUPS_MOST);
  const proven = [...textsOf(token.amr), ...textsOf(token.acr)];
  const authTime = token.auth_time;
  return {
    issuer: settings.issuer,
    subject: textOf(token.sub),
    nonce: textOf(token.nonce),
    email: address,
    name: name.success ? name.data : (address?.split("@")[0] ?? "Operator").slice(0, 64),
    groups,
    twoFactors: settings.factors.includes("*") || proven.some((value) => settings.factors.includes(value)),
    authenticatedAt: typeof authTime === "number" && Number.isFinite(authTime) ? authTime * 1_000 : null,
  };
}
