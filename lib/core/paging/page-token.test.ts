import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { AppError } from "../errors";
import { CursorCodec, cursorKey } from "./cursor";
import { cutPage, placeOfToken } from "./page-token";

type Keys = readonly [number, string];
const keys: z.ZodType<Keys> = z.tuple([cursorKey.ms, cursorKey.text]);
const codec = new CursorCodec("friends/0/ann", keys);

const tokenOf = (written: Keys) => cutPage(codec, [written, written], 1, (row) => row).pageToken ?? "";
const anyKeys = fc
  .tuple(fc.integer({ min: 0, max: 4e12 }), fc.string({ maxLength: 64, unit: "grapheme" }))
  .filter(([, text]) => !text.includes("\0"));

test("property: what was written is read, by the same list only", () => {
  fc.assert(
    fc.property(anyKeys, (written) => {
      const token = tokenOf(written);
      expect(placeOfToken(codec, token)?.keys).toEqual(written);
      for (const other of ["friends/1/ann", "friends/0/bob", "friends/0/ann0", "blocklist/ann"]) {
        expect(() => placeOfToken(new CursorCodec(other, keys), token)).toThrow(AppError);
      }
    }),
  );
});

test("property: whatever text comes, it is refused or gives keys of the right kind", () => {
  const json = fc.json().map((text) => Buffer.from(text).toString("base64url"));
  fc.assert(
    fc.property(fc.oneof(fc.string({ minLength: 1 }), fc.base64String({ minLength: 1 }), json), (text) => {
      try {
        const place = placeOfToken(codec, text);
        expect(keys.safeParse(place?.keys).success).toBe(true);
      } catch (error) {
        expect(error).toMatchObject({ code: "page_token_invalid", field: "pageToken" });
      }
    }),
  );
});

test("no token and an empty one mean the first page; the last page gives none", () => {
  expect(placeOfToken(codec, undefined)).toBeNull();
  expect(placeOfToken(codec, "")).toBeNull();
  expect(cutPage(codec, [[1, "a"]] as Keys[], 1, (row) => row)).toEqual({ rows: [[1, "a"]], pageToken: null });
});

describe("a token is refused", () => {
  const forged = (...parts: unknown[]) => Buffer.from(JSON.stringify(parts)).toString("base64url");
  test.each([
    ["cut short", tokenOf([5, "bob"]).slice(0, -3)],
    ["of other keys", forged("friends/0/ann", 1, ["5", "bob"])],
    ["of a time that cannot be stored", forged("friends/0/ann", 1, [1e17, "bob"])],
    ["with a NUL", forged("friends/0/ann", 1, [5, "\u0000"])],
    ["without keys", forged("friends/0/ann", 1)],
    ["that looks back", codec.write("previous", [5, "bob"])],
  ])("%s", (_, token) => {
    expect(() => placeOfToken(codec, token)).toThrow(AppError);
    expect(() => placeOfToken(codec, token, "invalid_parameter")).toThrow(
      expect.objectContaining({ code: "invalid_parameter", message: "pageToken cannot be read." }),
    );
  });
});
