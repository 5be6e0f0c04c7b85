import { z } from "zod";
import type { OperatorRole } from "../actor";
import { formText } from "../input/text";
import { OperatorRoleSchema } from "../operators/schema";
import { OPERATOR_ROLES } from "../permissions";

/** What holds for sign-ins with an OpenID issuer, from wherever it was set. */
export interface IssuerSettings {
  /** What people call it: "Continue with Acme". */
  readonly name: string;
  /** Its address as it spells itself, without a slash at the end. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** What is asked for, with blanks between: openid, profile, email and whatever brings the groups. */
  readonly scopes: string;
  /** The claim with the groups: a name, or a path with dots. */
  readonly groupsClaim: string;
  /** The role that each group gives; none: roles are given in the console. */
  readonly roles: readonly GroupRole[];
  /** The role of whoever is in none of those groups; null: they stay out. */
  readonly otherRole: OperatorRole | null;
  /** Whose e-mail addresses the issuer vouches for; none: any. */
  readonly domains: readonly string[];
  /** Whether people become operators by their first sign-in; otherwise they are invited. */
  readonly create: boolean;
  /** Values of `amr` or `acr` by which the issuer says that it has asked for a second factor; `*`: it always has. */
  readonly factors: readonly string[];
  /** Whether passwords and passkeys sign nobody in. */
  readonly only: boolean;
}

export interface GroupRole {
  readonly group: string;
  readonly role: OperatorRole;
}

export const DEFAULT_SCOPES = "openid profile email";
export const DEFAULT_GROUPS_CLAIM = "groups";
export const DEFAULT_FACTORS: readonly string[] = ["mfa"];

const DOMAIN = /^(?=.{1,253}$)[a-z\d]([a-z\d-]*[a-z\d])?(\.[a-z\d]([a-z\d-]*[a-z\d])?)+$/;

/** What stands on lines or between signs. */
const parts = (text: string, between = /[\n,]/) =>
  text
    .split(between)
    .map((part) => part.trim())
    .filter((part) => part !== "");

/** `group=role` on lines or between semicolons; null: one of them is not that. Groups may have commas and `=`: the last one counts. */
export function parseRoles(text: string): readonly GroupRole[] | null {
  const found: GroupRole[] = [];
  for (const part of parts(text, /[\n;]/)) {
    const at = part.lastIndexOf("=");
    const group = part.slice(0, Math.max(at, 0)).trim();
    const role = OPERATOR_ROLES.find((known) => known === part.slice(at + 1).trim());
    if (group === "" || role === undefined) return null;
    found.push({ group, role });
  }
  return found;
}

/** Domains on lines or between commas, in lower case; null: one of them is none. */
export function parseDomains(text: string): readonly string[] | null {
  const domains = parts(text.toLowerCase());
  return domains.every((domain) => DOMAIN.test(domain)) ? domains : null;
}

export const parseWords = (text: string): readonly string[] => parts(text);

/** Scopes with one blank between; null: without openid the issuer says nothing of who somebody is. */
export function parseScopes(text: string): string | null {
  const scopes = text.split(/\s+/).filter((scope) => scope !== "");
  return scopes.includes("openid") ? scopes.join(" ") : null;
}

/** The address as it is compared and stored; null: none that secrets may be sent to. */
export function parseIssuer(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const loopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && loopback)) return null;
  if (url.search !== "" || url.hash !== "" || url.username !== "") return null;
  return text.replace(/\/+$/, "");
}

const parsedText = <T>(max: number, parse: (text: string) => T | null, wrong: string) =>
  z
    .string(wrong)
    .trim()
    .transform((text, ctx) => {
      const value = text.length > max ? null : parse(text);
      if (value !== null) return value;
      ctx.addIssue({ code: "custom", message: text.length > max ? `At most ${max} characters.` : wrong });
      return z.NEVER;
    });

/** The settings as the console's form shows and sends them; the secret is never shown. */
const shownFields = {
  name: formText({ min: 1, max: 40, missing: "Enter a name." }),
  issuer: parsedText(500, parseIssuer, "Enter an address that starts with https://."),
  clientId: formText({ min: 1, max: 256, missing: "Enter the client ID." }),
  scopes: parsedText(200, parseScopes, "Write scopes with blanks between them, openid among them."),
  groupsClaim: formText({ max: 128, missing: "Enter the claim." }),
  roles: parsedText(8_000, parseRoles, "Write one group=role a line, with owner, admin, support, viewer or guest."),
  otherRole: OperatorRoleSchema.nullable(),
  domains: parsedText(8_000, parseDomains, "Write one domain a line, such as example.com."),
  create: z.boolean("Must be yes or no."),
  factors: parsedText(1_000, parseWords, "Write one value a line."),
  only: z.boolean("Must be yes or no."),
};

const ShownIssuerSchema = z
  .object({
    name: z.string(),
    issuer: z.string(),
    clientId: z.string(),
    scopes: z.string(),
    groupsClaim: z.string(),
    roles: z.string(),
    otherRole: OperatorRoleSchema.nullable(),
    domains: z.string(),
    create: z.boolean(),
    factors: z.string(),
    only: z.boolean(),
  })
  .partial();

export const ChangeIssuerSchema = z.object({
  ...shownFields,
  /** "": the one that is stored stays. */
  clientSecret: formText({ max: 1_024, missing: "Enter the client secret.", blanks: true }),
  /** What the page showed; empty: there was none. */
  seen: ShownIssuerSchema.optional(),
});
export type ChangeIssuerInput = z.input<typeof ChangeIssuerSchema>;

/** The settings as the form shows them. */
export type ShownIssuer = Required<z.output<typeof ShownIssuerSchema>>;

/** Why an issuer's sign-in, or its fresh proof, did not count. */
export type IssuerRefusal =
  | "off"
  | "denied"
  | "stale"
  | "mismatch"
  | "clock"
  | "unreachable"
  | "issuer"
  | "busy"
  | "unverified"
  | "domain"
  | "taken"
  | "not_invited"
  | "no_role"
  | "disabled"
  | "removed"
  | "not_you"
  | "linked"
  | "fault"
  | "not_fresh";
