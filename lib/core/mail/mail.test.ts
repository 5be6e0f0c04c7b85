import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { SMTPServer, type SMTPServerAuthentication } from "smtp-server";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createMailServer } from "@/lib/outbound/mail-server";
import { testContext } from "@/test/support/context";
import { createTestOperator, TEST_PASSWORD, visitor } from "@/test/support/operators";
import type { Operator } from "../actor";
import type { Context } from "../context";
import { newId } from "../ids";
import { changeOwnAccount } from "../operators/change-own-account";
import { disableOperator } from "../operators/disable-operator";
import { inviteOperator } from "../operators/invite-operator";
import { askForReset } from "../operators/reset-by-mail";
import { setPasswordByLink } from "../operators/reset-password";
import { revokeInvitation } from "../operators/revoke-invitation";
import { signIn } from "../operators/sign-in";
import { type MailWorker, startMailWorker } from "./mail-worker";
import { sendTestMail } from "./send-test-mail";

interface Received {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

const context = testContext();
const received: Received[] = [];
/** What the server says of the next recipients: the code of a refusal, or nothing. */
let refusing: number | null = null;
let server: SMTPServer;
let port = 0;
let mailing: Context;
let owner: Operator;
let worker: MailWorker | undefined;

beforeAll(async () => {
  server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
    onAuth: (_auth: SMTPServerAuthentication, _session, callback) => callback(null, { user: "console" }),
    onRcptTo(_address, _session, callback) {
      if (refusing === null) return callback();
      callback(Object.assign(new Error("mailbox\u001b[31m is not\r\n here"), { responseCode: refusing }));
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? "" : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString("utf8"),
        });
        callback(null, "Queued as 4711");
      });
    },
  });
  server.on("error", () => {});
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  const address = server.server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
  owner = await createTestOperator(context(), "owner");
});
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
beforeEach(() => {
  received.length = 0;
  refusing = null;
  mailing = withServer(`smtp://console:secret@127.0.0.1:${port}`);
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await context().db.prisma.mail.deleteMany();
});

function withServer(url: string, from = "Console <console@example.com>", limitMs?: number): Context {
  const mail = { ...createMailServer(url, from, limitMs), consoleUrl: "https://console.example.com" };
  return { ...context(), now: () => context().now(), mail };
}

function work(its: Context = mailing): void {
  if (its.mail === undefined) throw new Error("no mail server");
  worker = startMailWorker(its, its.mail, 20);
}
const waiting = () => context().db.prisma.mail.count();
const done = () => expect.poll(waiting, { timeout: 10_000 }).toBe(0);
/** The text of a mail, with the line breaks that transport has put into it taken out. */
const textOf = ({ raw }: Received) => {
  const [, ...parts] = raw.split("\r\n\r\n");
  const body = parts.join("\r\n\r\n");
  if (/base64/i.test(raw)) return Buffer.from(body, "base64").toString("utf8");
  if (!/quoted-printable/i.test(raw)) return body;
  const bytes = body
    .replace(/=\r\n/g, "")
    .replace(/=([\dA-F]{2})/g, (_match, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
};
const headOf = ({ raw }: Received) => raw.split("\r\n\r\n")[0] ?? "";
const outcome = (tried: Promise<unknown>) =>
  tried.then(
    () => "ok",
    (error: { code: string }) => error.code,
  );
const from = (ip: string) => ({ ...visitor(), ip });

describe("a link to a new password", () => {
  test("goes to whoever has the address, works once, and signs in", async () => {
    const ana = await createTestOperator(context(), "support");
    await askForReset(mailing, from("192.0.2.50"), { email: ` ${ana.email.toUpperCase()} ` });
    work();
    await done();
    expect(received).toMatchObject([{ from: "console@example.com", to: [ana.email] }]);
    const [mail] = received;
    if (mail === undefined) throw new Error("no mail");
    expect(textOf(mail)).toContain("192.0.2.50");
    const secret = /https:\/\/console\.example\.com\/reset\/(\S+)/.exec(textOf(mail))?.[1] ?? "";
    const password = "a new and long passphrase";
    expect(await outcome(setPasswordByLink(context(), visitor(), { secret, password }))).toBe("ok");
    expect(await outcome(setPasswordByLink(context(), visitor(), { secret, password }))).toBe("link_invalid");
    expect(await outcome(signIn(context(), visitor(), { email: ana.email, password }))).toBe("ok");
  });

  test("the answer, and what is stored until it is sent, is the same for every address; nobody else gets one", async () => {
    const disabled = await createTestOperator(context(), "support");
    await disableOperator(context(), owner, { operatorId: disabled.operatorId });
    for (const email of [owner.email, "nobody@example.com", disabled.email]) {
      expect(await askForReset(mailing, from("192.0.2.51"), { email })).toBeNull();
    }
    const rows = await context().db.prisma.mail.findMany();
    expect(rows.map(({ kind, sealed, about }) => [kind, sealed, Object.keys(about as object)])).toEqual(
      rows.map(() => ["reset", null, ["ip", "email", "requestId"]]),
    );
    work();
    await done();
    expect(received.map(({ to }) => to)).toEqual([[owner.email]]);
  });

  test("is asked for a few times an hour for an address, and from a network, whoever has it", async () => {
    const tries = async (email: () => string, ip: (n: number) => string, count: number) => {
      const codes: string[] = [];
      for (let n = 0; n < count; n += 1)
        codes.push(await outcome(askForReset(mailing, from(ip(n)), { email: email() })));
      return codes;
    };
    for (const email of [(await createTestOperator(context(), "viewer")).email, `${newId.request()}@example.com`]) {
      const codes = await tries(
        () => email,
        (n) => `198.51.100.${n}`,
        6,
      );
      expect(codes).toEqual(["ok", "ok", "ok", "ok", "ok", "sign_in_locked"]);
    }
    const codes = await tries(
      () => `${newId.request()}@example.com`,
      () => "203.0.113.9",
      32,
    );
    expect(codes.filter((code) => code === "ok")).toHaveLength(31);
    expect(codes.at(-1)).toBe("sign_in_locked");
    // Asking for links keeps nobody from signing in.
    const ana = await createTestOperator(context(), "viewer");
    expect(await outcome(signIn(context(), from("203.0.113.9"), { email: ana.email, password: TEST_PASSWORD }))).toBe(
      "ok",
    );
  });

  test("where no mail server is set there is none to ask for", async () => {
    expect(await outcome(askForReset(context(), visitor(), { email: owner.email }))).toBe("forbidden");
    expect(await waiting()).toBe(0);
  });
});

test("a sign-in in a new browser is told to its operator; the first one, and those in known browsers, are not", async () => {
  const ana = await createTestOperator(context(), "viewer");
  const go = (browser: string) =>
    signIn(mailing, from("192.0.2.60"), {
      email: ana.email,
      password: TEST_PASSWORD,
      browser,
      userAgent: "Evil\r\nBcc: all@example.com\r\n\r\nClick http://evil.example",
    });
  await go("first");
  await go("first");
  expect(await waiting()).toBe(0);
  await go("second");
  work();
  await done();
  const [mail] = received;
  if (mail === undefined) throw new Error("no mail");
  expect(mail.to).toEqual([ana.email]);
  expect(headOf(mail)).not.toMatch(/^Bcc/im);
  expect(textOf(mail)).toMatch(/^ {2}Browser: Evil Bcc: all@example.com Click/m);
});

test("an invitation goes by mail as well, with the link that was shown; one that was revoked meanwhile goes nowhere", async () => {
  const email = `gus-${newId.request()}@example.com`;
  const { secret, mailed, invitationId } = await inviteOperator(mailing, owner, { email, role: "admin" });
  expect(mailed).toBe(true);
  const [row] = await context().db.prisma.mail.findMany();
  expect(Buffer.from(row?.sealed ?? []).toString("latin1") + JSON.stringify(row?.about)).not.toContain(secret);
  await inviteOperator(mailing, owner, { email: `other-${email}`, role: "admin" }).then(({ invitationId: other }) =>
    revokeInvitation(context(), owner, { invitationId: other }),
  );
  work();
  await done();
  expect(received).toHaveLength(1);
  expect(received[0] === undefined ? "" : textOf(received[0])).toContain(
    `https://console.example.com/invite/${secret}`,
  );
  expect(invitationId).not.toBe("");
  expect((await inviteOperator(context(), owner, { email, role: "admin" })).mailed).toBe(false);
});

describe("what somebody calls themselves adds no line and no address", () => {
  test.each(["Ana\r\nBcc: all@example.com", 'Ana" <all@example.com>, "', "Ana\n\nClick http://evil.example"])(
    "%j",
    async (name) => {
      const ana = await createTestOperator(context(), "owner");
      await outcome(
        changeOwnAccount(context(), ana, { name, email: ana.email, shown: { name: ana.name, email: ana.email } }),
      );
      await askForReset(mailing, from("192.0.2.70"), { email: ana.email });
      await inviteOperator(mailing, { ...ana, name }, { email: `x-${newId.request()}@example.com`, role: "viewer" });
      work();
      await done();
      expect(received).toHaveLength(2);
      for (const mail of received) {
        expect(mail.to).toHaveLength(1);
        expect(headOf(mail)).not.toMatch(/all@example\.com|evil/);
        expect(textOf(mail)).not.toMatch(/^(Click|Bcc)/m);
      }
    },
  );

  test.each(["a@example.com\r\nRCPT TO:<b@example.com>", "a@example.com, b@example.com", "a@example.com>\nDATA"])(
    "the address %j is none",
    async (email) => {
      expect(await outcome(askForReset(mailing, visitor(), { email }))).not.toBe("ok");
      const { mail } = mailing;
      await mail?.send({ to: email, subject: "x\r\nBcc: c@example.com", text: "x" }).catch(() => {});
      for (const one of received) {
        expect(one.to).toHaveLength(1);
        expect(headOf(one)).not.toMatch(/^Bcc/im);
      }
    },
  );
});

describe("a mail server that is not there", () => {
  test("loses nothing and holds nobody up: the mail is tried again, by whatever process, until it is taken", async () => {
    const down = withServer("smtp://127.0.0.1:1");
    await askForReset(down, from("192.0.2.80"), { email: owner.email });
    work(down);
    await expect.poll(async () => (await context().db.prisma.mail.findFirst())?.tries, { timeout: 10_000 }).toBe(1);
    await worker?.stop();
    expect(await waiting()).toBe(1);
    context().advance(15_001);
    work();
    await done();
    expect(received).toMatchObject([{ to: [owner.email] }]);
  });

  test("or refuses for now is asked again; one that refuses for good is not", async () => {
    refusing = 451;
    await askForReset(mailing, from("192.0.2.81"), { email: owner.email });
    work();
    await expect.poll(async () => (await context().db.prisma.mail.findFirst())?.tries, { timeout: 10_000 }).toBe(1);
    refusing = 550;
    context().advance(20_000);
    await done();
    expect(received).toEqual([]);
  });

  test("after a day nobody waits for it any more", async () => {
    refusing = 451;
    await askForReset(mailing, from("192.0.2.82"), { email: owner.email });
    context().advance(24 * 3_600_000 + 1_000);
    work();
    await done();
  });

  test("that says nothing, or speaks no end, is left after its time", async () => {
    const sockets: Socket[] = [];
    const silent = createServer((socket) => {
      sockets.push(socket);
      socket.on("error", () => {});
      // A greeting that never ends.
      const drip = setInterval(() => socket.write("220-hello\r\n"), 20);
      socket.on("close", () => clearInterval(drip));
    }).listen(0, "127.0.0.1");
    await once(silent, "listening");
    const address = silent.address();
    const its = withServer(`smtp://127.0.0.1:${typeof address === "object" ? address?.port : 0}`, "a@example.com", 300);
    const began = performance.now();
    expect(await sendTestMail(its, owner)).toMatchObject({ taken: false, answer: "No answer within 0.3 seconds." });
    expect(performance.now() - began).toBeLessThan(5_000);
    for (const socket of sockets) socket.destroy();
    silent.close();
  });
});

test("a test e-mail is an owner's, and shows the server's own words as one line", async () => {
  expect(await sendTestMail(mailing, owner)).toEqual({ taken: true, answer: "250 Queued as 4711", to: owner.email });
  refusing = 550;
  const refused = await sendTestMail(mailing, owner);
  expect(refused).toMatchObject({ taken: false, answer: expect.stringMatching(/^550 mailbox/) });
  expect(refused.answer).not.toMatch(/\p{Cc}/u);
  expect(
    await outcome(sendTestMail(mailing, { ...owner, role: "admin", holds: { everywhere: "admin", grants: [] } })),
  ).toBe("forbidden");
  expect(await outcome(sendTestMail(context(), owner))).toBe("forbidden");
});
