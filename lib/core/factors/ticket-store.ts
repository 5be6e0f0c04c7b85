import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/database";
import type { Context } from "../context";

/**
 * What a browser holds between two steps: sealed, so that nobody reads or makes one, and good for five minutes. Nothing of it is
 * stored until it is used, so strangers who ask for tickets fill no table.
 */
interface Sealed<T> {
  readonly id: string;
  /** Unix milliseconds */
  readonly expiresAt: number;
  readonly held: T;
}

export type TicketPurpose =
  | "second step"
  | "authenticator app"
  | "new passkey"
  | "passkey"
  | "at the issuer"
  | "link at the issuer";

const TICKET_MS = 5 * 60_000;

export function sealTicket<T>(context: Context, purpose: TicketPurpose, held: T): string {
  const sealed: Sealed<T> = { id: randomUUID(), expiresAt: context.now() + TICKET_MS, held };
  return Buffer.from(context.secrets.encrypt(JSON.stringify(sealed), `ticket: ${purpose}`)).toString("base64url");
}

/** What a ticket holds; null when it is none of this installation's, is for something else, or has expired. */
export function openTicket<T>(context: Context, purpose: TicketPurpose, ticket: string): Sealed<T> | null {
  let text: string;
  try {
    text = context.secrets.decrypt(Buffer.from(ticket, "base64url"), `ticket: ${purpose}`);
  } catch {
    // Not sealed here, or for something else.
    return null;
  }
  const sealed = JSON.parse(text) as Sealed<T>;
  return sealed.expiresAt > context.now() ? sealed : null;
}

/** Uses a ticket up. False: it was used before. */
export async function spendTicket(db: Db, { id, expiresAt }: Omit<Sealed<unknown>, "held">): Promise<boolean> {
  const { count } = await db.spentTicket.createMany({
    data: { id, expiresAt: new Date(expiresAt) },
    skipDuplicates: true,
  });
  return count > 0;
}

/** Throws away what has expired anyway, at most `limit` rows. Gives how many. */
export async function deleteSpentTickets(db: Db, now: Date, limit: number): Promise<number> {
  return (await db.spentTicket.deleteMany({ where: { expiresAt: { lt: now } }, limit })).count;
}
