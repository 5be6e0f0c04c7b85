import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import type { SecretBox } from "../secrets";

/**
 * The key pair with which this installation signs seals and exports of its audit log: Ed25519, derived from the master key, so that
 * nobody who has only the database can sign.
 */
export interface AuditKey {
  /** 32 bytes, base64url: what others check signatures with. */
  readonly publicKey: string;
  /** Ed25519 over UTF-8 text; base64url. */
  sign(text: string): string;
}

/** What stands before 32 bytes of a private, and of a public, Ed25519 key in DER (RFC 8410). */
const PRIVATE_PREFIX = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_PREFIX = Buffer.from("302a300506032b6570032100", "hex");

const keys = new WeakMap<SecretBox, AuditKey>();

export function auditKeyOf(secrets: SecretBox): AuditKey {
  const known = keys.get(secrets);
  if (known !== undefined) return known;
  const privateKey = privateKeyOf(secrets);
  const key: AuditKey = {
    publicKey: publicHalfOf(privateKey),
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString("base64url"),
  };
  keys.set(secrets, key);
  return key;
}

/** A key that signed before the master key was rotated. */
export interface RetiredAuditKey {
  readonly publicKey: string;
  /** The number of the last seal that it signed. */
  readonly sealsThrough: bigint;
}

const retiredKeys = new WeakMap<SecretBox, readonly RetiredAuditKey[]>();

/** The keys before this one, latest first. */
export function retiredAuditKeysOf(secrets: SecretBox): readonly RetiredAuditKey[] {
  const known = retiredKeys.get(secrets);
  if (known !== undefined) return known;
  const keysBefore = secrets.retired.map((key) => ({
    publicKey: publicHalfOf(privateKeyOf(key)),
    sealsThrough: key.sealsThrough,
  }));
  retiredKeys.set(secrets, keysBefore);
  return keysBefore;
}

/** The key that a seal of that number must be signed with: whoever has an old master key cannot make new seals with it. */
export function publicKeyOfSeal(secrets: SecretBox, number: bigint): string {
  const earlier = retiredAuditKeysOf(secrets).findLast(({ sealsThrough }) => number <= sealsThrough);
  return (earlier ?? auditKeyOf(secrets)).publicKey;
}

function privateKeyOf(secrets: Pick<SecretBox, "derive">): KeyObject {
  const seed = Buffer.from(secrets.derive("audit-signature"), "base64url");
  return createPrivateKey({ key: Buffer.concat([PRIVATE_PREFIX, seed]), format: "der", type: "pkcs8" });
}

function publicHalfOf(privateKey: KeyObject): string {
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  return spki.subarray(PUBLIC_PREFIX.length).toString("base64url");
}

function publicKeyOf(publicKey: string): KeyObject | null {
  const bytes = Buffer.from(publicKey, "base64url");
  if (bytes.length !== 32) return null;
  return createPublicKey({ key: Buffer.concat([PUBLIC_PREFIX, bytes]), format: "der", type: "spki" });
}

/** Whether this text was signed with the key whose public half is given; false too when that is not a key. */
export function isSignedBy(publicKey: string, text: string, signature: string): boolean {
  const key = publicKeyOf(publicKey);
  return key !== null && verify(null, Buffer.from(text), key, Buffer.from(signature, "base64url"));
}
