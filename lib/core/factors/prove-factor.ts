import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import type { Db } from "@/lib/db/database";
import type { Context } from "../context";
import { hashesOfRecoveryCode, stepOfCode } from "./codes";
import { findApp, findPasskey, findPasskeys, markAppUsed, markPasskeyUsed, spendRecoveryCode } from "./factor-store";
import { claimedId, requestOptions, type Site, verifyRequest } from "./passkey";
import type { Proof } from "./schema";
import { openTicket, sealTicket, spendTicket } from "./ticket-store";

export type ProvenBy = "authenticator app" | "recovery code" | "passkey";

/** A question to the browser for a passkey, and the ticket that comes back with the answer. */
export interface PasskeyQuestion {
  readonly ticket: string;
  readonly options: PublicKeyCredentialRequestOptionsJSON;
}

/** What the ticket of a question holds. */
interface Asked {
  readonly challenge: string;
  /** Whose second factor it is to be; null: anybody's, and all that is asked for. */
  readonly operatorId: string | null;
}

/** Asks for any passkey of this site, in place of e-mail address and password. */
export async function askForAnyPasskey(context: Context, site: Site): Promise<PasskeyQuestion> {
  const options = await requestOptions(site, { alone: true });
  const asked: Asked = { challenge: options.challenge, operatorId: null };
  return { ticket: sealTicket(context, "passkey", asked), options };
}

/** How an operator may prove a second factor. */
export interface SecondFactors {
  readonly app: boolean;
  readonly passkey: PasskeyQuestion | null;
}

/** Asks an operator for a second factor. `site` null: this address has no passkeys. */
export async function askForFactor(
  db: Db,
  context: Context,
  site: Site | null,
  operatorId: string,
): Promise<SecondFactors> {
  const app = (await findApp(db, operatorId)) !== null;
  const allowed = site === null ? [] : await findPasskeys(db, operatorId);
  if (site === null || allowed.length === 0) return { app, passkey: null };
  const options = await requestOptions(site, { allowed, alone: false });
  const asked: Asked = { challenge: options.challenge, operatorId };
  return { app, passkey: { ticket: sealTicket(context, "passkey", asked), options } };
}

/** What the secret of an authenticator app is sealed for. */
export const appPurpose = (operatorId: string) => `authenticator app of ${operatorId}`;

/**
 * Whether this proves the operator's second factor, and by what; null: it does not. In a transaction that holds the operator's
 * row: a code, a step and a ticket each work once, of whatever number of them that are sent at once.
 */
export async function proveFactor(
  tx: Db,
  context: Context,
  site: Site | null,
  operatorId: string,
  { code, passkey }: Proof,
): Promise<ProvenBy | null> {
  if (passkey !== undefined) {
    const proven = site === null ? null : await provePasskey(tx, context, site, passkey, operatorId);
    return proven === null ? null : "passkey";
  }
  if (code === undefined) return null;
  const now = context.now();
  const app = await findApp(tx, operatorId);
  if (app !== null) {
    const secret = context.secrets.decrypt(app.secretEncrypted, appPurpose(operatorId));
    const step = stepOfCode(secret, code.replaceAll(" ", ""), now, app.lastStep);
    if (step !== null) {
      await markAppUsed(tx, operatorId, step, new Date(now));
      return "authenticator app";
    }
  }
  const spent = await spendRecoveryCode(tx, operatorId, hashesOfRecoveryCode(context.secrets, code), new Date(now));
  return spent ? "recovery code" : null;
}

/** Whose passkey has answered; null: nobody's. `operatorId` null: the passkey is all that was asked for. */
export async function provePasskey(
  tx: Db,
  context: Context,
  site: Site,
  { ticket, response }: NonNullable<Proof["passkey"]>,
  operatorId: string | null,
): Promise<string | null> {
  const asked = openTicket<Asked>(context, "passkey", ticket);
  const id = claimedId(response);
  if (asked === null || asked.held.operatorId !== operatorId || id === null) return null;
  const passkey = await findPasskey(tx, id);
  if (passkey === null || (operatorId !== null && passkey.operatorId !== operatorId)) return null;
  const counter = await verifyRequest(site, passkey, asked.held.challenge, { response, alone: operatorId === null });
  if (counter === null || !(await spendTicket(tx, asked))) return null;
  await markPasskeyUsed(tx, passkey.id, counter, new Date(context.now()));
  return passkey.operatorId;
}
