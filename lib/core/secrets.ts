import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

const VERSION = 1;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Encrypts what must be stored and read back in clear (App Secrets), and derives keys from the master key. */
export interface SecretBox {
  /** AES-256-GCM; `purpose` is authenticated, so that a value cannot be moved to another place. */
  encrypt(clear: string, purpose: string): Uint8Array<ArrayBuffer>;
  /** Throws when the value was made under another master key or for another purpose. */
  decrypt(sealed: Uint8Array, purpose: string): string;
  /** 32 bytes for one purpose, base64url; the same for each process that has the same master key. */
  derive(purpose: string): string;
  /** The keys before this one, latest first: for what was derived from them and cannot be made anew. Nothing new is made with them. */
  readonly retired: readonly RetiredKey[];
}

/** A master key that was rotated out, and what still rests on it. */
export interface RetiredKey {
  derive(purpose: string): string;
  /** The last seal of the audit log that it signed: its number in the installation. */
  readonly sealsThrough: bigint;
  /** By App Key, the last number of the webhook's secret that was derived from it. */
  readonly webhookSecrets: Readonly<Record<string, number>>;
}

/** The 32 bytes of a master key: 64 hexadecimal digits or base64 (checked by `lib/env.ts`). */
export function masterKeyBytes(masterKey: string): Buffer {
  const bytes = /^[0-9a-fA-F]{64}$/.test(masterKey) ? Buffer.from(masterKey, "hex") : Buffer.from(masterKey, "base64");
  if (bytes.length !== 32) throw new Error("MASTER_KEY must be 32 bytes");
  return bytes;
}

/** `masterKey` as `masterKeyBytes` takes it. */
export function createSecretBox(masterKey: string, retired: readonly RetiredKey[] = []): SecretBox {
  const root = masterKeyBytes(masterKey);
  const key = Buffer.from(hkdfSync("sha256", root, "", "stored-secrets", 32));

  return {
    encrypt(clear, purpose) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(clear, "utf8"), cipher.final()]);
      return new Uint8Array(Buffer.concat([Buffer.from([VERSION]), iv, cipher.getAuthTag(), body]));
    },
    decrypt(sealed, purpose) {
      const bytes = Buffer.from(sealed);
      if (bytes[0] !== VERSION) throw new Error("unknown format of a stored secret");
      const iv = bytes.subarray(1, 1 + IV_BYTES);
      const tag = bytes.subarray(1 + IV_BYTES, 1 + IV_BYTES + TAG_BYTES);
      const decipher = createDecipheriv("aes-256-gcm", key, iv).setAAD(Buffer.from(purpose)).setAuthTag(tag);
      return Buffer.concat([decipher.update(bytes.subarray(1 + IV_BYTES + TAG_BYTES)), decipher.final()]).toString(
        "utf8",
      );
    },
    derive: (purpose) => deriveFrom(root, purpose),
    retired,
  };
}

/** What `SecretBox.derive` gives of a master key's bytes. */
export function deriveFrom(root: Uint8Array, purpose: string): string {
  return Buffer.from(hkdfSync("sha256", root, "", purpose, 32)).toString("base64url");
}

/** SHA-256 as hexadecimal text: how one-time links and throttled e-mail addresses are stored. */
export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Compares in a time that does not depend on where the texts differ. */
export function equalInConstantTime(a: string, b: string): boolean {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
}
