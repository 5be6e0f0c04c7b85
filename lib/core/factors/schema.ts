import { z } from "zod";
import { formText, limitedText } from "../input/text";

/** One factor of an operator, as the account page lists it. */
export interface FactorRow {
  readonly kind: "app" | "passkey";
  /** Of a passkey: its id. Of the app: "". */
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface OwnFactors {
  readonly factors: readonly FactorRow[];
  /** Recovery codes that have not been used. */
  readonly codesLeft: number;
  /** Whether this console's address can have passkeys: a name, over https or on this machine. */
  readonly passkeys: boolean;
  /** From when on the operator's role needs one; null: it needs none. */
  readonly demandedFrom: Date | null;
}

/** Passkeys that an operator may have. */
export const PASSKEYS_MAX = 10;
export const RECOVERY_CODES = 10;

const TicketSchema = limitedText({ characters: 4_096 }, { empty: false });

/** What the browser's `navigator.credentials` gave, as JSON. */
export const PasskeyAnswerSchema = z.object({
  ticket: TicketSchema,
  response: limitedText({ characters: 20_000 }, { empty: false }),
});

const CodeSchema = formText({ max: 64, min: 1, missing: "Enter a code.", long: "Too long." });

/** What proves a second factor: a code of the app, a recovery code, or a passkey. */
export const ProofSchema = z.object({ code: CodeSchema.optional(), passkey: PasskeyAnswerSchema.optional() });
export type Proof = z.output<typeof ProofSchema>;

export const ConfirmAppSchema = z.object({ ticket: TicketSchema, code: CodeSchema });
export type ConfirmAppInput = z.input<typeof ConfirmAppSchema>;

export const AddPasskeySchema = PasskeyAnswerSchema.extend({
  name: formText({ min: 1, max: 40, missing: "Enter a name." }),
});
export type AddPasskeyInput = z.input<typeof AddPasskeySchema>;

export const PasskeyKeySchema = z.object({ passkeyId: limitedText({ characters: 1_400 }, { empty: false }) });
export type PasskeyKeyInput = z.input<typeof PasskeyKeySchema>;
