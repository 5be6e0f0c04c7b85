import { createHmac, randomBytes } from "node:crypto";
import { equalInConstantTime, type SecretBox, sha256 } from "../secrets";

/** The proof of a browser that it has been here: a random id, and a signature that only this installation makes. */
const signed = (secrets: SecretBox, id: string) =>
  `${id}.${createHmac("sha256", secrets.derive("browser")).update(id).digest("base64url")}`;

/** What the browser's cookie is to hold: what it held, where this installation made it, or something new. */
export function browserCookie(secrets: SecretBox, held: string | undefined): string {
  const [id = ""] = held?.split(".") ?? [];
  if (held !== undefined && id !== "" && equalInConstantTime(held, signed(secrets, id))) return held;
  return signed(secrets, randomBytes(24).toString("base64url"));
}

/** How it is stored of a session that was opened there. */
export const browserHash = (cookie: string): string => sha256(cookie);
