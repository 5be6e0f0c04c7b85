import type { Mail } from "@/lib/outbound/mail-server";
import type { OperatorRole } from "../actor";

/** What mails are written about. What is in them is made when they are sent: by then an operator may be gone. */
export interface MailKinds {
  /** Somebody has asked for a new password at the sign-in page: for an operator, or for nobody. */
  readonly reset: { readonly email: string; readonly ip: string; readonly requestId: string };
  readonly new_sign_in: {
    readonly operatorId: string;
    /** Unix milliseconds */
    readonly at: number;
    readonly ip: string;
    readonly userAgent: string;
  };
  /** Its link is sealed. */
  readonly invitation: {
    readonly invitationId: string;
    readonly email: string;
    readonly role: OperatorRole;
    readonly by: string;
    /** Unix milliseconds */
    readonly expiresAt: number;
  };
}

export type MailKind = keyof MailKinds;

/** Names and what browsers call themselves are others' words: in a mail they stay on their line. */
const onLine = (text: string) => text.replace(/[\s\p{C}]+/gu, " ").trim();

const utc = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace("T", ", ")} UTC`;

const sign = (consoleUrl: string) => `\n\n--\nThe console at ${consoleUrl}`;

interface Reset {
  readonly to: string;
  readonly name: string;
  readonly link: string;
  readonly minutes: number;
  readonly ip: string;
}

export const resetMail = ({ to, name, link, minutes, ip }: Reset, consoleUrl: string): Mail => ({
  to,
  subject: "Choose a new password",
  text: `Hello ${onLine(name)},

Choose a new password for the console here:

${link}

The link works once, for ${minutes} minutes. Your old password works until then.

Not you? Do nothing: nothing has changed. Somebody${ip === "" ? "" : ` at ${ip}`} typed your address.${sign(consoleUrl)}`,
});

interface NewSignIn {
  readonly to: string;
  readonly name: string;
  readonly about: MailKinds["new_sign_in"];
}

export const newSignInMail = ({ to, name, about }: NewSignIn, consoleUrl: string): Mail => ({
  to,
  subject: "A new browser signed in",
  text: `Hello ${onLine(name)},

A browser that you haven’t used here before signed in as you:

  When: ${utc(about.at)}
  From: ${about.ip === "" ? "an unknown address" : onLine(about.ip)}
  Browser: ${onLine(about.userAgent).slice(0, 200) || "unknown"}

Not you? Sign in, end that session under Account and change your password:

${consoleUrl}/account${sign(consoleUrl)}`,
});

export const invitationMail = (
  { email, role, by, expiresAt }: MailKinds["invitation"],
  link: string,
  consoleUrl: string,
): Mail => ({
  to: email,
  subject: "You’re invited to the console",
  text: `Hello,

${onLine(by)} invites you to the console of this installation, as ${role}. Choose your name and password here:

${link}

The link works once, until ${utc(expiresAt)}.${sign(consoleUrl)}`,
});

export const testMail = (to: string, consoleUrl: string): Mail => ({
  to,
  subject: "Test e-mail",
  text: `Hello,

this is the test e-mail that you asked for. Mails of the console arrive.${sign(consoleUrl)}`,
});
