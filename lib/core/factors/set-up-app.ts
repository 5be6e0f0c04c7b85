import { generateSecret, generateURI } from "otplib";
import { encode } from "uqr";
import type { Operator } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { afterAdding, changeOwnFactors, entryOf } from "./change-own-factors";
import { stepOfCode } from "./codes";
import { saveApp } from "./factor-store";
import { appPurpose } from "./prove-factor";
import { type ConfirmAppInput, ConfirmAppSchema } from "./schema";
import { openTicket, sealTicket, spendTicket } from "./ticket-store";

export interface OfferedApp {
  /** Base32, for typing. */
  readonly secret: string;
  /** The dark squares of the QR code as a path of an SVG of `size` by `size`. */
  readonly qr: { readonly size: number; readonly path: string };
  /** Comes back with the first code. */
  readonly ticket: string;
}

interface Offered {
  readonly operatorId: string;
  readonly secret: string;
}

/** A new secret for an authenticator app. Nothing is stored until `confirmApp` has seen a code that is made of it. */
export async function offerApp(context: Context, actor: Operator): Promise<OfferedApp> {
  requirePermission(actor, "account.factors");
  const secret = generateSecret();
  const { data, size } = encode(generateURI({ issuer: "IM User Service", label: actor.email, secret }), { border: 2 });
  const path = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  const offered: Offered = { operatorId: actor.operatorId, secret };
  return { secret, qr: { size, path }, ticket: sealTicket(context, "authenticator app", offered) };
}

/**
 * Takes the offered secret for the operator's app, in place of an earlier one. Gives recovery codes when it is the first factor. Throws
 * `invalid_parameter` at `code` when the code is not of this secret, `link_invalid` when the offer has expired.
 */
export async function confirmApp(
  context: Context,
  actor: Operator,
  input: ConfirmAppInput,
): Promise<{ recoveryCodes: string[] | null }> {
  const { ticket, code } = ConfirmAppSchema.parse(input);
  const offered = openTicket<Offered>(context, "authenticator app", ticket);
  const stale = () => new AppError("link_invalid", { message: "This took longer than five minutes. Start again." });
  if (offered === null || offered.held.operatorId !== actor.operatorId) throw stale();
  const { secret } = offered.held;
  return changeOwnFactors(context, actor, async (tx, operator) => {
    const now = context.now();
    const lastStep = stepOfCode(secret, code.replaceAll(" ", ""), now, -1);
    if (lastStep === null) {
      const message = "This isn’t the code that the app shows now. Check that the phone’s clock is right.";
      throw new AppError("invalid_parameter", { field: "code", message });
    }
    if (!(await spendTicket(tx, offered))) throw stale();
    const secretEncrypted = context.secrets.encrypt(secret, appPurpose(operator.id));
    await saveApp(tx, operator.id, { secretEncrypted, lastStep, createdAt: new Date(now) });
    const recoveryCodes = await afterAdding(tx, context, operator);
    return {
      result: { recoveryCodes },
      audit: [entryOf(operator, "operator.factor_added", { after: { factor: "authenticator app" } })],
    };
  });
}
