import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt } from "node:crypto";
import { z } from "zod";

/** What a passphrase protects in a backup: the secrets are sealed with it, and the whole is authenticated with it. */
export interface PassphraseKeys {
  /** AES-256-GCM; base64. */
  seal(clear: string): string;
  /** Null: sealed with another passphrase, or changed. */
  open(sealed: string): string | null;
  /** HMAC-SHA-256, hexadecimal. */
  authenticate(text: string): string;
}

export const KdfSchema = z.object({
  name: z.literal("scrypt"),
  // A backup must not be able to ask for any amount of memory.
  N: z
    .int()
    .min(2 ** 14)
    .max(2 ** 20),
  r: z.literal(8),
  p: z.literal(1),
  salt: z.string().regex(/^[A-Za-z0-9+/]{22,}={0,2}$/),
});
export type Kdf = z.infer<typeof KdfSchema>;

const IV_BYTES = 12;
const TAG_BYTES = 16;
const SEALED_FOR = Buffer.from("im-user-service backup");

/** 128 MiB and about half a second for each guess at a passphrase. */
export const newKdf = (): Kdf => ({ name: "scrypt", N: 2 ** 17, r: 8, p: 1, salt: randomBytes(16).toString("base64") });

export async function keysOf(passphrase: string, { N, r, p, salt }: Kdf): Promise<PassphraseKeys> {
  const derived = await new Promise<Buffer>((resolve, reject) => {
    const options = { N, r, p, maxmem: 256 * N * r };
    // As one keyboard and as another writes it.
    scrypt(passphrase.normalize("NFKC"), Buffer.from(salt, "base64"), 64, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
  const [sealing, authenticating] = [derived.subarray(0, 32), derived.subarray(32)];
  return {
    seal(clear) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv("aes-256-gcm", sealing, iv).setAAD(SEALED_FOR);
      const body = Buffer.concat([cipher.update(clear, "utf8"), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64");
    },
    open(sealed) {
      const bytes = Buffer.from(sealed, "base64");
      if (bytes.length < IV_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv("aes-256-gcm", sealing, bytes.subarray(0, IV_BYTES))
        .setAAD(SEALED_FOR)
        .setAuthTag(bytes.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
      try {
        const body = decipher.update(bytes.subarray(IV_BYTES + TAG_BYTES));
        return Buffer.concat([body, decipher.final()]).toString("utf8");
      } catch {
        return null;
      }
    },
    authenticate: (text) => createHmac("sha256", authenticating).update(text).digest("hex"),
  };
}
