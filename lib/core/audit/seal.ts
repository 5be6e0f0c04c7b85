import { createHash } from "node:crypto";
import type { EnvironmentId } from "../actor";

/** What is said by a seal, before it is signed. Ids are decimal numbers as text. */
export interface SealClaim {
  readonly environmentId: EnvironmentId;
  /** 1, 2, 3 … in the environment. */
  readonly sequence: number;
  /** 1, 2, 3 … in the installation. */
  readonly number: string;
  readonly sealedAt: Date;
  /** It covers every entry of the environment with an id after this one … */
  readonly afterId: string;
  /** … up to this one. */
  readonly throughId: string;
  /** Those entries in ascending order, and the hash of each beside it. */
  readonly entryIds: readonly string[];
  readonly entryHashes: readonly Uint8Array[];
  /** The entries of the seals up to this one, and those seals, were removed by the rule of retention; null: nothing was. */
  readonly removedThrough: number | null;
  /** Hash of the seal before it; "" for the first. */
  readonly previousHash: string;
}

export interface Seal extends SealClaim {
  readonly hash: string;
  /** Ed25519 over `hash`. */
  readonly signature: string;
}

/** Below every id. */
export const BEFORE_ALL_IDS = String(-(2n ** 63n));

/** SHA-256, as hexadecimal text, over everything that a seal says. */
export function hashOfSeal(claim: SealClaim): string {
  const entries = createHash("sha256");
  for (const [index, id] of claim.entryIds.entries()) entries.update(`${id}:`).update(claim.entryHashes[index] ?? "");
  const said = [
    "im-user-service audit seal 1",
    claim.environmentId,
    claim.sequence,
    claim.number,
    claim.sealedAt.toISOString(),
    claim.afterId,
    claim.throughId,
    entries.digest("hex"),
    claim.removedThrough,
    claim.previousHash,
  ];
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}
