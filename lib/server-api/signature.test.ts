import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isSignature, sign } from "./signature";

describe("sign", () => {
  test.each([
    ["openTestSecret2026", "482913577064", "1767225600000", "85a21706f73e2715fb4d67ef77c5c67f0edf75cd"],
    ["s3cr3t", "14314", "1408710653491", "96fea4cd09706a2832ebc9ac766140426dc01ed7"],
    ["uwd1c0sxdlx2", "14314", "1408706337", "45beb7cc7307889a8e711219a47b7cf6a5b000e8"],
  ])("%s + %s + %s, a vector of the contract", (secret, nonce, timestamp, signature) => {
    expect(sign(secret, nonce, timestamp)).toBe(signature);
    expect(isSignature(signature.toUpperCase(), sign(secret, nonce, timestamp))).toBe(true);
  });

  test("property: a signature with any one character changed is none", () => {
    const signature = sign("secret", "1", "2");
    fc.assert(
      fc.property(fc.nat(39), fc.constantFrom(..."0123456789abcdef"), (at, digit) => {
        const changed = signature.slice(0, at) + digit + signature.slice(at + 1);
        return isSignature(changed, signature) === (changed === signature);
      }),
    );
  });

  test("property: no text makes the comparison throw or pass", () => {
    const signature = sign("secret", "1", "2");
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => !isSignature(text, signature)));
  });
});
