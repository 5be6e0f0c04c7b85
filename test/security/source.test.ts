import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { productSource } from "@/test/support/product-source";

/** What the source must not do anywhere; an exception stands here with its reason. */
const source = productSource();

const filesWith = (pattern: RegExp) =>
  [...source]
    .filter(([, text]) => pattern.test(text))
    .map(([file]) => file)
    .sort();

test("the whole product is looked at", () => {
  expect(source.size).toBeGreaterThan(900);
  for (const file of ["proxy.ts", "lib/core/secrets.ts", "app/layout.tsx"]) expect(source.has(file), file).toBe(true);
});

test("no text becomes code: none is evaluated, and none is put into a page as markup", () => {
  expect(filesWith(/\beval\(|\bnew Function\(|\bsetTimeout\(\s*["'`]|from "node:vm"/)).toEqual([]);
  expect(filesWith(/\b(innerHTML|outerHTML|srcDoc)\b|insertAdjacentHTML|document\.write/)).toEqual([]);
  // The script that sets theme and motion before the page is drawn: a constant.
  expect(filesWith(/dangerouslySetInnerHTML/)).toEqual(["components/layout/display-script.tsx"]);
});

test("programs are started by the launcher and the embedded database alone, and never by a shell", () => {
  expect(filesWith(/node:child_process/)).toEqual([
    "lib/embedded-postgres/account.ts",
    "lib/embedded-postgres/cluster.ts",
    "lib/embedded-postgres/programs.ts",
    "lib/embedded-postgres/server.ts",
    "server/installation/older-programs.ts",
    "server/launcher/child.ts",
  ]);
  expect(filesWith(/\bshell:|\bexecSync\(|import \{[^}]*\bexec\b[^}]*\} from "node:child_process"/)).toEqual([]);
});

test("patterns are made of constants, or of text whose special characters are escaped", () => {
  // Each puts constants of its own together.
  expect(filesWith(/\b(new )?RegExp\(/)).toEqual(["lib/core/input/text.ts", "lib/core/search/fold.ts"]);
});

test("no certificate is taken unseen", () => {
  expect(filesWith(/rejectUnauthorized|NODE_TLS_REJECT_UNAUTHORIZED|checkServerIdentity/)).toEqual([]);
});

test("chance that matters comes from the system's generator", () => {
  // Pauses before trying again, and a name of a scratch database: to be unlike is enough.
  expect(filesWith(/Math\.random/)).toEqual([
    "lib/client/session.ts",
    "lib/core/audit-stream/deliver-seals.ts",
    "lib/core/webhooks/deliver-pending.ts",
    "lib/db/drift.ts",
    "lib/db/schema-engine.ts",
  ]);
});

/** What each call of cryptography is called in docs/data-and-keys.md. */
const CRYPTOGRAPHY: ReadonlyArray<readonly [call: RegExp, name: string]> = [
  [/\b(createHash|hash)\("sha1"/, "SHA-1"],
  [/createHash\("sha256"\)/, "SHA-256"],
  [/createHmac\("sha256"/, "HMAC-SHA-256"],
  [/hkdfSync\("sha256"/, "HKDF-SHA-256"],
  [/"aes-256-gcm"/, "AES-256-GCM"],
  [/from "@node-rs\/argon2"/, "argon2id"],
  [/createPrivateKey\(|createPublicKey\(/, "Ed25519"],
  [/\bscrypt\(/, "scrypt"],
  [/from "otplib"/, "TOTP"],
  [/from "@simplewebauthn\/server"/, "WebAuthn"],
  [/from "next-auth\/jwt"/, "JWE"],
];

test("the list of cryptography names every place and algorithm, and no other", () => {
  const document = readFileSync("docs/data-and-keys.md", "utf8");
  const section = document.split(/^## /m).find((part) => part.startsWith("Cryptography\n")) ?? "";
  const listed = section
    .split("\n")
    .filter((line) => line.startsWith("| ") && line.includes("`"))
    .flatMap((line) => {
      const [, algorithm = ""] = line.split("|").map((cell) => cell.trim());
      return [...line.matchAll(/`([^`]+\.(?:ts|tsx))`/g)].map(([, file]) => `${algorithm} in ${file}`);
    });
  const found = CRYPTOGRAPHY.flatMap(([call, name]) => filesWith(call).map((file) => `${name} in ${file}`));
  expect(listed.sort()).toEqual(found.sort());
  // Nothing is called that no row above would find.
  const others =
    /create(Hash|Hmac|Cipheriv|Decipheriv|Sign|Verify|DiffieHellman|ECDH)\((?!"(sha1|sha256|aes-256-gcm)")/;
  expect(filesWith(others)).toEqual([]);
  expect(filesWith(/\b(pbkdf2|crypto\.subtle|generateKeyPair)/)).toEqual([]);
});
