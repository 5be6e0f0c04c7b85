import { createTransport } from "nodemailer";
import { errorOfKind } from "../error-kind";

/** An e-mail of text to one address. */
export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** The mail server that the installation sends by. */
export interface MailServer {
  /** Its name and port, for people. */
  readonly name: string;
  readonly from: string;
  /** Gives what the server answered once it has taken the mail. Throws `MailError`. */
  send(mail: Mail): Promise<string>;
}

/** The server has not taken a mail. `message`: its own words, or why it could not be asked. */
export class MailError extends errorOfKind("MailError") {
  constructor(
    message: string,
    /** It will not take it later either. */
    readonly forGood: boolean,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = "MailError";
  }
}

/** What a server may take for one mail, all of it together. */
const SEND_MS = 30_000;
const STEP_MS = 10_000;
const ANSWER_CHARACTERS = 500;

/** Words of a server as one line that people can be shown. */
const clean = (text: string) =>
  text
    .replace(/\p{C}+/gu, " ")
    .trim()
    .slice(0, ANSWER_CHARACTERS);

/** `url`: smtp://user:password@host:port, or smtps. A connection for each mail: there are few. */
export function createMailServer(url: string, from: string, limitMs = SEND_MS): MailServer {
  const { host } = new URL(url);
  const limits = { connectionTimeout: STEP_MS, greetingTimeout: STEP_MS, socketTimeout: STEP_MS, dnsTimeout: STEP_MS };
  return {
    name: host,
    from,
    async send({ to, subject, text }) {
      const transport = createTransport({ url, ...limits, disableFileAccess: true, disableUrlAccess: true });
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new MailError(`No answer within ${limitMs / 1_000} seconds.`, false)), limitMs);
      });
      try {
        const sent = await Promise.race([
          // As an object, so that an address is one address, whatever stands in it.
          transport.sendMail({ from, to: { name: "", address: to }, subject, text }),
          late,
        ]);
        return clean(sent.response);
      } catch (error) {
        if (error instanceof MailError) throw error;
        const { message, response, responseCode } = error as {
          readonly message: string;
          readonly response?: string;
          readonly responseCode?: number;
        };
        throw new MailError(clean(response ?? message), (responseCode ?? 0) >= 500, { cause: error });
      } finally {
        clearTimeout(timer);
        transport.close();
      }
    },
  };
}
