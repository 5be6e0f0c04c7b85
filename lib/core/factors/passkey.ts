import { isIP } from "node:net";
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import type { StoredPasskey } from "./factor-store";

/** The console's own address as browsers know it: passkeys are good there and nowhere else. */
export interface Site {
  readonly origin: string;
  /** The host's name. */
  readonly id: string;
}

/** Null: browsers make no passkeys at this address, since it is a number, or neither https nor this machine. */
export function siteOf(consoleUrl: string): Site | null {
  const { origin, hostname, protocol } = new URL(consoleUrl);
  if (isIP(hostname) !== 0 || hostname.startsWith("[")) return null;
  if (protocol !== "https:" && hostname !== "localhost" && !hostname.endsWith(".localhost")) return null;
  return { origin, id: hostname };
}

/** Half a second of loading that only those pay who use it. */
const library = () => import("@simplewebauthn/server");

/** The library throws at whatever does not fit: another challenge, another site, a wrong signature, rubbish. */
const unfit = () => null;

/** What the browser needs to make a passkey that is found without a name, and that asks for finger, face or PIN where it can. */
export async function creationOptions(
  site: Site,
  operator: { readonly id: string; readonly email: string; readonly name: string },
  existing: readonly StoredPasskey[],
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: "IM User Service",
    rpID: site.id,
    userID: new TextEncoder().encode(operator.id),
    userName: operator.email,
    userDisplayName: operator.name,
    excludeCredentials: existing.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
  });
}

/** What the browser needs to prove one: any it has for this site, or one of `allowed`. `alone`: it is all that is asked for. */
export async function requestOptions(
  site: Site,
  { allowed = [], alone }: { allowed?: readonly StoredPasskey[]; alone: boolean },
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: site.id,
    allowCredentials: allowed.map(({ id, transports }) => ({ id, transports })),
    userVerification: alone ? "required" : "preferred",
  });
}

/** What a browser sent for JSON; null: it is none. */
function parsed<T>(response: string): T | null {
  try {
    const value: unknown = JSON.parse(response);
    return typeof value === "object" && value !== null ? (value as T) : null;
  } catch {
    return null;
  }
}

/** The id that the answer claims; null: it is no answer of a browser. */
export function claimedId(response: string): string | null {
  const id = parsed<{ id?: unknown }>(response)?.id;
  return typeof id === "string" ? id : null;
}

/** The new passkey; null when the answer does not belong to the challenge or the site. */
export async function verifyCreation(
  site: Site,
  challenge: string,
  response: string,
): Promise<Pick<StoredPasskey, "id" | "publicKey" | "counter" | "transports"> | null> {
  const answer = parsed<RegistrationResponseJSON>(response);
  if (answer === null) return null;
  const { verifyRegistrationResponse } = await library();
  const result = await verifyRegistrationResponse({
    response: answer,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    requireUserVerification: false,
  }).catch(unfit);
  if (result === null || !result.verified) return null;
  const { id, publicKey, counter, transports } = result.registrationInfo.credential;
  const known = (transports ?? []).filter((transport) => /^[a-z-]{1,20}$/.test(transport)).slice(0, 8);
  return { id, publicKey: new Uint8Array(publicKey), counter: BigInt(counter), transports: known };
}

/** The passkey's counter afterwards; null when the answer is not this passkey's for this challenge and site. */
export async function verifyRequest(
  site: Site,
  passkey: StoredPasskey,
  challenge: string,
  { response, alone }: { response: string; alone: boolean },
): Promise<number | null> {
  const answer = parsed<AuthenticationResponseJSON>(response);
  if (answer === null) return null;
  const { verifyAuthenticationResponse } = await library();
  const result = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge: challenge,
    expectedOrigin: site.origin,
    expectedRPID: site.id,
    credential: {
      id: passkey.id,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: Number(passkey.counter),
    },
    requireUserVerification: alone,
  }).catch(unfit);
  return result?.verified ? result.authenticationInfo.newCounter : null;
}
