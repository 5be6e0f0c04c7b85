import { type Mail, MailError, type MailServer } from "@/lib/outbound/mail-server";
import { startSlots } from "@/lib/queue/slots";
import { underLease } from "@/lib/queue/under-lease";
import type { Context } from "../context";
import { findInvitationById } from "../operators/invitation-store";
import { findOperator } from "../operators/operator-store";
import { makeResetLink } from "../operators/reset-by-mail";
import { invitationMail, type MailKind, type MailKinds, newSignInMail, resetMail } from "./mail";
import { type ClaimedMail, claimMail, deleteMail, findDueMails, leaseOf, linkOf, postponeMail } from "./mail-store";

const POLL_MS = 2_000;
const FIRST_PAUSE_MS = 15_000;
const LONGEST_PAUSE_MS = 30 * 60_000;
/** After a day nobody waits for it any more. */
const GIVE_UP_MS = 24 * 3_600_000;

export interface MailWorker {
  /** Finishes the mails in hand and ends. Call before the context is closed. */
  stop(): Promise<void>;
}

/**
 * Sends the mails of the queue (docs/decisions/0034), two at a time, as long as the process runs. One that the server does not take is
 * tried again after 15 seconds, then twice as long each time, for a day; one that it refuses for good is given up.
 */
export function startMailWorker(context: Context, mail: NonNullable<Context["mail"]>, pollMs = POLL_MS): MailWorker {
  const { log, now } = context;
  const db = context.db.prisma;
  return startSlots<string>({
    name: "mails",
    log,
    now,
    slots: 2,
    pollMs,
    find: () => findDueMails(db, now()),
    async work(id) {
      const claimed = await claimMail(db, id, now());
      if (claimed === null) return null;
      return underLease(leaseOf(claimed), { db, log, now }, () => send(context, mail, claimed));
    },
  });
}

/** Gives when to try again, or null: it is done with. */
async function send(
  context: Context,
  server: MailServer & { consoleUrl: string },
  mail: ClaimedMail,
): Promise<number | null> {
  const db = context.db.prisma;
  const now = context.now();
  const told = { mail: mail.id, kind: mail.kind, tries: mail.tries };
  try {
    const written = await write(context, server.consoleUrl, mail);
    if (written !== null) await server.send(written);
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    const pause = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(mail.tries - 1, 16), LONGEST_PAUSE_MS);
    if (!error.forGood && mail.createdAt.getTime() + GIVE_UP_MS > now + pause) {
      context.log.warn({ ...told, answer: error.message }, "mails: not sent; trying again");
      await postponeMail(db, mail.id, new Date(now + pause));
      return now + pause;
    }
    context.log.error({ ...told, answer: error.message }, "mails: given up");
  }
  await deleteMail(db, mail.id);
  return null;
}

const WRITERS: {
  readonly [K in MailKind]: (
    context: Context,
    about: MailKinds[K],
    url: string,
    mail: ClaimedMail,
  ) => Promise<Mail | null>;
} = {
  async reset(context, about, url) {
    const made = await makeResetLink(context, about);
    if (made === null) return null;
    const { email, name, secret, minutes } = made;
    return resetMail({ to: email, name, link: `${url}/reset/${secret}`, minutes, ip: about.ip }, url);
  },
  async new_sign_in({ db }, about, url) {
    const operator = await findOperator(db.prisma, about.operatorId);
    return operator === null ? null : newSignInMail({ to: operator.email, name: operator.name, about }, url);
  },
  async invitation(context, about, url, mail) {
    const stored = await findInvitationById(context.db.prisma, about.invitationId);
    if (stored === null || stored.acceptedAt !== null || stored.revokedAt !== null) return null;
    return stored.expiresAt.getTime() <= context.now() ? null : invitationMail(about, linkOf(context, mail), url);
  },
};

/** The mail as it is sent now; null: there is nothing to say any more. */
function write(context: Context, url: string, mail: ClaimedMail): Promise<Mail | null> {
  if (!Object.hasOwn(WRITERS, mail.kind)) return Promise.resolve(null);
  const writer = WRITERS[mail.kind as MailKind] as (typeof WRITERS)["reset"];
  return writer(context, mail.about as MailKinds["reset"], url, mail);
}
