import { expect, test } from "vitest";
import { createSecretBox } from "./secrets";

const box = createSecretBox("0".repeat(64));

test("what was changed, moved to another place or sealed under another key opens for nobody", () => {
  const sealed = box.encrypt("App Secret", "environment 1");
  expect(box.decrypt(sealed, "environment 1")).toBe("App Secret");
  for (let at = 0; at < sealed.length; at += 1) {
    const changed = Uint8Array.from(sealed, (byte, index) => (index === at ? byte ^ 1 : byte));
    expect(() => box.decrypt(changed, "environment 1"), `byte ${at}`).toThrow();
  }
  expect(() => box.decrypt(sealed.subarray(0, -1), "environment 1")).toThrow();
  expect(() => box.decrypt(sealed, "environment 2")).toThrow();
  expect(() => createSecretBox("1".repeat(64)).decrypt(sealed, "environment 1")).toThrow();
});

test("the same text is sealed differently each time", () => {
  const sealed = Array.from({ length: 50 }, () => Buffer.from(box.encrypt("same", "place")).toString("hex"));
  expect(new Set(sealed).size).toBe(50);
});
