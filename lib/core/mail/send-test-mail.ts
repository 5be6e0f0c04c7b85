import { MailError } from "@/lib/outbound/mail-server";
import type { Operator } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { testMail } from "./mail";

/** What the mail server said of a test. */
export interface TestedMail {
  readonly taken: boolean;
  /** The server's own words, or why it could not be asked. */
  readonly answer: string;
  readonly to: string;
}

/** Sends an owner a mail at once, and gives what the server answered. Throws `forbidden` where no mail server is set. */
export async function sendTestMail({ mail }: Context, actor: Operator): Promise<TestedMail> {
  requirePermission(actor, "operators.manage");
  if (mail === undefined) throw new AppError("forbidden", { message: "This installation sends no e-mail." });
  const { email: to } = actor;
  try {
    return { taken: true, answer: await mail.send(testMail(to, mail.consoleUrl)), to };
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    return { taken: false, answer: error.message, to };
  }
}

/** How the installation sends mails, for those who manage operators; null: it sends none. */
export function readMailServer({ mail }: Context, actor: Operator): { server: string; from: string } | null {
  requirePermission(actor, "operators.read_sessions");
  return mail === undefined ? null : { server: mail.name, from: mail.from };
}
