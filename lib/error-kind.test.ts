import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";

/** Loads the modules anew, as each bundle of the built console has them. */
async function bundle() {
  vi.resetModules();
  return {
    ...(await import("./core/errors")),
    ...(await import("./outbound/outbound")),
    ...(await import("./core/refusal")),
    ...(await import("./core/webhooks/try-delivery")),
  };
}
type Bundle = Awaited<ReturnType<typeof bundle>>;

describe("an error of another bundle's copy of a class", () => {
  let one: Bundle;
  let other: Bundle;
  beforeEach(async () => {
    one = await bundle();
    other = await bundle();
    expect(one.AppError).not.toBe(other.AppError);
  });

  test("is what it is", () => {
    expect(new one.AppError("forbidden")).toBeInstanceOf(other.AppError);
    expect(new one.OutboundError("name", "The name leads nowhere.")).toBeInstanceOf(other.OutboundError);
  });

  test("is nothing else", () => {
    expect(new one.AppError("forbidden")).not.toBeInstanceOf(other.OutboundError);
    for (const thing of [new Error("x"), "x", 1, null, undefined, {}, Object.create(null)]) {
      expect(thing).not.toBeInstanceOf(other.AppError);
    }
  });

  test("reaches the caller with its code and sentence", () => {
    const thrown = new one.AppError("user_not_found", { message: "There is no user bob.", field: "userId" });
    expect(other.asRefusal(thrown)).toBe(thrown);
  });

  test("of the way out says why a delivery got no answer", async () => {
    const outbound = {
      check: async () => {},
      post: async () => {
        throw new one.OutboundError("connection", "The receiver refuses the connection.");
      },
      close: () => {},
    };
    const context = { outbound, now: Date.now } as unknown as Parameters<Bundle["tryDelivery"]>[0];
    const event = { eventId: "e-1", type: "webhook:ping", createdAt: new Date(), data: {} };
    const receiver = {
      url: "http://127.0.0.1:1/hooks",
      appSecret: "secret",
      secretsAt: () => ["whsec_c2VjcmV0"],
      clock: null,
    };
    expect(await other.tryDelivery(context, receiver, event as never)).toMatchObject({
      accepted: false,
      error: "The receiver refuses the connection.",
    });
  });
});

test("Zod's own error is known across copies as well", () => {
  const { error } = z.string().safeParse(1);
  // What zod's `instanceof` asks for; a release that asks for the constructor again would break the console's forms.
  expect(Object.hasOwn(z.ZodError, Symbol.hasInstance)).toBe(true);
  expect(error).toBeInstanceOf(z.ZodError);
});

/** Classes that may be asked for by `instanceof` although their errors know no kind, and why. */
const ASKED_FOR: Record<string, string> = {
  Error: "one in a process",
  AggregateError: "one in a process",
  Object: "one in a process",
  Date: "one in a process",
  Response: "one in a process",
  HTMLElement: "one in a page",
  HTMLInputElement: "one in a page",
  HTMLTextAreaElement: "one in a page",
  HTMLSelectElement: "one in a page",
  HTMLAnchorElement: "one in a page",
  Element: "one in a page",
  TypeError: "one in a process",
  SyntaxError: "one in a process",
  EndpointError: "in the browser, which loads a module once",
  ZodError: "asks for a trait; the test above",
  "pg.DatabaseError": "pg is not bundled",
  "ipaddr.IPv4": "made a line before",
  "ipaddr.IPv6": "made a line before",
  ClosedWhileKept: "thrown and caught in one file",
  NotAdmitted: "thrown and caught in one file",
  NotTaken: "thrown and caught in one file",
  NoWebSocketError: "of the client, which is one bundle of its own",
  EnvError: "caught where no bundle is: launcher and service",
  LockMissed: "caught where no bundle is: the launcher",
  MigrationError: "caught where no bundle is: the launcher",
  Refused: "of the testing package, which is one bundle of its own",
  StartFailure: "caught where no bundle is: the launcher",
};
/** Classes of errors that nobody asks for by `instanceof`. */
const NOT_ASKED_FOR = [
  "StaleTransaction",
  "EmbeddedPostgresError",
  "OtherIssuer",
  "WrongMasterKey",
  "UnreadableSecret",
];

test("whatever is asked for by `instanceof` in what the console is built from is known across bundles", () => {
  const files = ["app", "components", "lib"]
    .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => `${folder}/${file}`))
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$|\/generated\//.test(file));
  expect(files.length).toBeGreaterThan(500);
  const sources = files.map((file) => [file, readFileSync(file, "utf8")] as const);
  const ofKind = new Set(
    sources.flatMap(([, text]) => [...text.matchAll(/class (\w+) extends errorOfKind\(/g)].map((found) => found[1])),
  );
  expect(ofKind).toEqual(new Set(["AppError", "OutboundError", "MailError", "ReplicaLost"]));
  for (const [file, text] of sources) {
    for (const [, name = ""] of text.matchAll(/\binstanceof ([\w.]+)/g)) {
      expect(ofKind.has(name) || name in ASKED_FOR, `${file}: instanceof ${name}`).toBe(true);
    }
    for (const [, name = ""] of text.matchAll(/class (\w+) extends Error\b/g)) {
      const known = name in ASKED_FOR || NOT_ASKED_FOR.includes(name);
      expect(known, `${file}: ${name} is to extend errorOfKind("${name}") of lib/error-kind.ts`).toBe(true);
    }
  }
});
