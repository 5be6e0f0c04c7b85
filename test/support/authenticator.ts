import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from "@simplewebauthn/server";

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest();
const text = (value: string) => Buffer.concat([Buffer.from([0x60 + value.length]), Buffer.from(value)]);
/** In the shortest form, which CBOR demands. */
const bytes = (value: Uint8Array) => {
  const head = value.length < 256 ? [0x58, value.length] : [0x59, value.length >> 8, value.length & 0xff];
  return Buffer.concat([Buffer.from(head), value]);
};

const PRESENT = 0x01;
const VERIFIED = 0x04;
const WITH_KEY = 0x40;

/** A security key in software, with one passkey, at whatever site it is told. */
export class Authenticator {
  readonly id = randomBytes(16).toString("base64url");
  private readonly keys: { publicKey: KeyObject; privateKey: KeyObject };
  private counter = 0;

  constructor(
    private readonly site: { readonly origin: string; readonly id: string },
    /** Whether it asks for finger, face or PIN. */
    private readonly verifies = true,
  ) {
    this.keys = generateKeyPairSync("ec", { namedCurve: "P-256" });
  }

  private data(flags: number, rest: Uint8Array = Buffer.alloc(0)): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.counter);
    const all = flags | PRESENT | (this.verifies ? VERIFIED : 0);
    return Buffer.concat([sha256(this.site.id), Buffer.from([all]), counter, rest]);
  }

  private clientData(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: this.site.origin, crossOrigin: false }));
  }

  private answer(response: Record<string, string>): string {
    return JSON.stringify({ id: this.id, rawId: this.id, type: "public-key", clientExtensionResults: {}, response });
  }

  /** What the browser answers when it has made the passkey, as JSON. */
  create({ challenge }: PublicKeyCredentialCreationOptionsJSON): string {
    const jwk = this.keys.publicKey.export({ format: "jwk" });
    const point = (value: string | undefined) => bytes(Buffer.from(value ?? "", "base64url"));
    // A map of five: key type EC2, algorithm ES256, curve P-256, and the two coordinates.
    const head = Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01]);
    const cose = Buffer.concat([head, Buffer.from([0x21]), point(jwk.x), Buffer.from([0x22]), point(jwk.y)]);
    const id = Buffer.from(this.id, "base64url");
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
    const attestation = Buffer.concat([
      Buffer.from([0xa3]),
      ...[text("fmt"), text("none"), text("attStmt"), Buffer.from([0xa0])],
      ...[text("authData"), bytes(this.data(WITH_KEY, attested))],
    ]);
    return this.answer({
      clientDataJSON: this.clientData("webauthn.create", challenge).toString("base64url"),
      attestationObject: attestation.toString("base64url"),
    });
  }

  /** What the browser answers when it has proven the passkey, as JSON. */
  prove({ challenge }: Pick<PublicKeyCredentialRequestOptionsJSON, "challenge">): string {
    this.counter += 1;
    const data = this.data(0);
    const clientData = this.clientData("webauthn.get", challenge);
    const signature = createSign("sha256")
      .update(Buffer.concat([data, sha256(clientData)]))
      .sign(this.keys.privateKey);
    return this.answer({
      clientDataJSON: clientData.toString("base64url"),
      authenticatorData: data.toString("base64url"),
      signature: signature.toString("base64url"),
    });
  }
}
