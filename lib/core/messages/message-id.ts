import type { EnvironmentId } from "../actor";

/**
 * A message's public id is its number in its environment, stirred so that it tells nothing about how many there are, with
 * sixteen bits that a mistyped id does not have: 80 bits as four groups of four characters, such as "M3RA-9C0E-77TQ-21KD".
 */

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const ROUNDS = 4;
const TWO_32 = 0x1_0000_0000;

function stir(value: number, key: number): number {
  let mixed = Math.imul(value ^ key, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca6b);
  return (mixed ^ (mixed >>> 13)) >>> 0;
}

const checkOf = (environmentId: number, high: number, low: number) =>
  stir(high ^ Math.imul(low, 0xc2b2ae35), environmentId) >>> 16;

/** The public id of message number `sequence`; unique in the environment. */
export function messageIdOf(environmentId: EnvironmentId, sequence: number): string {
  let high = Math.floor(sequence / TWO_32);
  let low = sequence % TWO_32;
  for (let round = 0; round < ROUNDS; round += 1) {
    [high, low] = [low, (high ^ stir(low, environmentId * ROUNDS + round)) >>> 0];
  }
  const check = checkOf(environmentId, high, low);
  const characters = [
    high >>> 27,
    high >>> 22,
    high >>> 17,
    high >>> 12,
    high >>> 7,
    high >>> 2,
    (high << 3) | (low >>> 29),
    low >>> 24,
    low >>> 19,
    low >>> 14,
    low >>> 9,
    low >>> 4,
    (low << 1) | (check >>> 15),
    check >>> 10,
    check >>> 5,
    check,
  ];
  let id = "";
  for (let index = 0; index < 16; index += 1) {
    if (index > 0 && index % 4 === 0) id += "-";
    id += ALPHABET[(characters[index] ?? 0) & 31];
  }
  return id;
}
