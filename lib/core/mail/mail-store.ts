import { randomUUID } from "node:crypto";
import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { time } from "@/lib/db/sql";
import { isFree, LEASE_MS, type Lease } from "@/lib/queue/lease-store";
import type { Context } from "../context";
import type { MailKind, MailKinds } from "./mail";

const { sql } = Prisma;

/** What the link in a mail is sealed for. */
export const mailPurpose = (id: string) => `link of the mail ${id}`;

/** Puts a mail into the queue, with the change that it tells of; nothing where no mail server is set. */
export async function queueMail<K extends MailKind>(
  tx: Db,
  { mail, now, secrets }: Pick<Context, "mail" | "now" | "secrets">,
  kind: K,
  about: MailKinds[K],
  link?: string,
): Promise<void> {
  if (mail === undefined) return;
  const id = randomUUID();
  const at = new Date(now());
  const sealed = link === undefined ? {} : { sealed: secrets.encrypt(link, mailPurpose(id)) };
  await tx.mail.create({ data: { id, kind, about: { ...about }, ...sealed, createdAt: at, dueAt: at } });
}

/** Mails that wait. */
export const countMails = (db: Db): Promise<number> => db.mail.count();

export interface ClaimedMail {
  readonly id: string;
  readonly kind: string;
  readonly about: unknown;
  readonly sealed: Uint8Array | null;
  readonly createdAt: Date;
  /** This one counted. */
  readonly tries: number;
  readonly leaseHolder: string;
}

/** Mails that are due and in nobody's hands, those that have waited longest first. */
export async function findDueMails(db: Db, now: number): Promise<string[]> {
  const rows = await db.$queryRaw<Array<{ id: string }>>`
    SELECT id FROM mails WHERE due_at <= ${time(now)} AND ${isFree(now, sql`mails`)} ORDER BY due_at, id LIMIT 100`;
  return rows.map(({ id }) => id);
}

/** Claims a mail that is due and that nobody holds; null: it is not, or somebody does. */
export async function claimMail(db: Db, id: string, now: number): Promise<ClaimedMail | null> {
  const [mail] = await db.$queryRaw<ClaimedMail[]>`
    UPDATE mails SET tries = tries + 1, lease_holder = ${randomUUID()}, lease_until = ${time(now + LEASE_MS)}
    WHERE id = ${id} AND due_at <= ${time(now)} AND ${isFree(now, sql`mails`)}
    RETURNING id, kind, about, sealed, created_at AS "createdAt", tries, lease_holder AS "leaseHolder"`;
  return mail ?? null;
}

export const leaseOf = ({ id, leaseHolder }: ClaimedMail): Lease => ({
  table: sql`mails`,
  row: sql`id = ${id}`,
  holder: leaseHolder,
});

export function linkOf({ secrets }: Pick<Context, "secrets">, { id, sealed }: ClaimedMail): string {
  if (sealed === null) throw new Error(`the mail ${id} has no link`);
  return secrets.decrypt(sealed, mailPurpose(id));
}

export async function postponeMail(db: Db, id: string, dueAt: Date): Promise<void> {
  await db.mail.updateMany({ where: { id }, data: { dueAt } });
}

export async function deleteMail(db: Db, id: string): Promise<void> {
  await db.mail.deleteMany({ where: { id } });
}
