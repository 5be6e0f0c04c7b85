import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/server";
import type { Operator } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { afterAdding, changeOwnFactors, entryOf } from "./change-own-factors";
import { findPasskeys, insertPasskey } from "./factor-store";
import { creationOptions, type Site, verifyCreation } from "./passkey";
import { type AddPasskeyInput, AddPasskeySchema, PASSKEYS_MAX } from "./schema";
import { openTicket, sealTicket, spendTicket } from "./ticket-store";

interface Asked {
  readonly operatorId: string;
  readonly challenge: string;
}

const noPasskeys = () =>
  new AppError("forbidden", {
    message: "Browsers have passkeys at addresses with https and a name only, or on localhost. Set PUBLIC_CONSOLE_URL.",
  });

/** Asks the browser to make a passkey. Throws `forbidden` where this address can have none, or there are ten. */
export async function askForNewPasskey(
  context: Context,
  actor: Operator,
  site: Site | null,
): Promise<{ ticket: string; options: PublicKeyCredentialCreationOptionsJSON }> {
  requirePermission(actor, "account.factors");
  if (site === null) throw noPasskeys();
  const existing = await findPasskeys(context.db.prisma, actor.operatorId);
  if (existing.length >= PASSKEYS_MAX) {
    throw new AppError("forbidden", { message: `You have ${PASSKEYS_MAX} passkeys. Remove one first.` });
  }
  const { operatorId: id, email, name } = actor;
  const options = await creationOptions(site, { id, email, name }, existing);
  const asked: Asked = { operatorId: id, challenge: options.challenge };
  return { ticket: sealTicket(context, "new passkey", asked), options };
}

/**
 * Keeps the passkey that the browser has made. Gives recovery codes when it is the first factor. Throws `link_invalid` when it took
 * too long, `forbidden` when the answer does not belong here.
 */
export async function addPasskey(
  context: Context,
  actor: Operator,
  site: Site | null,
  input: AddPasskeyInput,
): Promise<{ recoveryCodes: string[] | null }> {
  requirePermission(actor, "account.factors");
  const { ticket, response, name } = AddPasskeySchema.parse(input);
  if (site === null) throw noPasskeys();
  const asked = openTicket<Asked>(context, "new passkey", ticket);
  const stale = () => new AppError("link_invalid", { message: "This took longer than five minutes. Start again." });
  if (asked === null || asked.held.operatorId !== actor.operatorId) throw stale();
  const made = await verifyCreation(site, asked.held.challenge, response);
  if (made === null) throw new AppError("forbidden", { message: "The browser’s passkey could not be checked." });
  return changeOwnFactors(context, actor, async (tx, operator) => {
    if (!(await spendTicket(tx, asked))) throw stale();
    const passkey = { ...made, operatorId: operator.id, name, createdAt: new Date(context.now()) };
    if (!(await insertPasskey(tx, passkey))) {
      throw new AppError("forbidden", { message: "This passkey is in use already." });
    }
    const recoveryCodes = await afterAdding(tx, context, operator);
    return {
      result: { recoveryCodes },
      audit: [entryOf(operator, "operator.factor_added", { after: { factor: "passkey", name } })],
    };
  });
}
