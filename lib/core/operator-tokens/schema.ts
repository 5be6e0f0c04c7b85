import { z } from "zod";
import type { TokenScope } from "../actor";
import { listOf } from "../input/list";
import { addressText, formText } from "../input/text";
import { EmailSchema } from "../operators/schema";
import { SCOPE_NAMES } from "./facts";

/** What a token's text begins with, so that a scanner of secrets finds one that was published. */
export const TOKEN_PREFIX = "imt_";

export const TOKEN_MAX_DAYS = 365;
/** Tokens of one operator that work at the same time. */
export const TOKENS_MAX = 50;

const AskedTokenSchema = z.object({
  name: formText({ min: 1, max: 40, missing: "Give the token a name." }),
  scopes: listOf(z.enum(SCOPE_NAMES, { message: `Choose from ${SCOPE_NAMES.join(", ")}.` }), {
    min: 1,
    wrong: "Choose at least one scope.",
    size: "Choose at least one scope.",
  }).transform((scopes) => SCOPE_NAMES.filter((scope) => scopes.includes(scope))),
  /** Null: every app. */
  appId: addressText(64).nullable(),
});

export const CreateTokenSchema = AskedTokenSchema.extend({
  days: z
    .number("Choose how long it works.")
    .int("Choose a whole number of days.")
    .gte(1, "At least 1 day.")
    .lte(TOKEN_MAX_DAYS, `At most ${TOKEN_MAX_DAYS} days.`),
});
export type CreateTokenInput = z.input<typeof CreateTokenSchema>;

export const CreateTokenForSchema = AskedTokenSchema.extend({
  /** Whose it is. Left out: the only owner's. */
  email: EmailSchema.optional(),
  minutes: z
    .number()
    .int("Choose a whole number of minutes.")
    .gte(1, "At least 1 minute.")
    .lte(TOKEN_MAX_DAYS * 1440, `At most ${TOKEN_MAX_DAYS} days.`),
});
export type CreateTokenForInput = z.input<typeof CreateTokenForSchema>;

export const TokenIdSchema = z.object({ tokenId: addressText(64) });

export const TokenKeySchema = z.object({ operatorId: addressText(64), tokenId: addressText(64) });
export type TokenKeyInput = z.input<typeof TokenKeySchema>;

/** A token as it is listed: never its text. */
export interface OperatorTokenRow {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly TokenScope[];
  /** Null: every app. */
  readonly app: { readonly id: string; readonly name: string } | null;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly lastUsedIp: string;
}
