import type { SecretBox } from "../secrets";

/** What an App Secret is sealed for. */
export const appSecretPurpose = (appKey: string) => `app-secret:${appKey}`;

/** The stored form of an App Secret. Bound to its App Key: a row copied to another environment does not decrypt. */
export function sealAppSecret(secrets: SecretBox, appKey: string, appSecret: string): Uint8Array<ArrayBuffer> {
  return secrets.encrypt(appSecret, appSecretPurpose(appKey));
}

export function openAppSecret(secrets: SecretBox, appKey: string, sealed: Uint8Array): string {
  return secrets.decrypt(sealed, appSecretPurpose(appKey));
}
