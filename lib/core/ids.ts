import { randomBytes, randomUUID } from "node:crypto";

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Random text of lower-case letters and digits; unbiased (bytes over 251 are thrown away). */
export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < 252 && text.length < length) text += ALPHABET[byte % 36];
    }
  }
  return text;
}

/** 256 random bits for a one-time link. */
export function linkSecret(): string {
  return randomBytes(32).toString("base64url");
}

export const newId = {
  app: () => `app-${randomText(10)}`,
  appKey: () => randomText(14),
  appSecret: () => randomText(32),
  operator: () => `op-${randomText(12)}`,
  session: () => randomUUID(),
  invitation: () => randomUUID(),
  operatorToken: () => `tok-${randomText(12)}`,
  job: () => `job-${randomText(12)}`,
  request: () => randomUUID(),
  connection: () => randomUUID(),
  gatewayNode: () => randomUUID(),
  view: () => randomText(10),
  /** Four groups of four, such as 7QK2-M0ZD-9XAT-4H1C (contract section 8). */
  operation: () => (randomText(16).toUpperCase().match(/.{4}/g) ?? []).join("-"),
};
