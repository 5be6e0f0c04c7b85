import { describe, expect, test } from "vitest";
import { hashPassword } from "@/lib/core/operators/password";
import { productSource } from "@/test/support/product-source";

const source = productSource();
const uses = [...source].flatMap(([file, text]) =>
  [...text.matchAll(/<PasswordInput\b[^>]*>/g)].map(([element]) => ({ file, element })),
);

describe("fields for passwords", () => {
  test("are masked, and say to browsers and managers which password they take", () => {
    expect(uses.length).toBeGreaterThan(4);
    for (const { file, element } of uses) {
      // The secret of a client at the issuer is nobody's password.
      const expected = file.endsWith("issuer-settings.tsx") ? /"off"/ : /"(current|new)-password"/;
      expect(/autoComplete=("[^"]*")/.exec(element)?.[1], file).toMatch(expected);
    }
    expect(source.get("components/form/input.tsx")).toContain('type={shown ? "text" : "password"}');
    const bare = [...source].filter(([, text]) =>
      /<(Input|input)\b[^>]*(type="password"|name="[a-zA-Z]*[pP]assword")/.test(text),
    );
    expect(bare.map(([file]) => file)).toEqual([]);
  });

  test("take what is pasted", () => {
    const listening = [...source].filter(([, text]) => /onPaste=|onBeforeInput=|addEventListener\("paste"/.test(text));
    // Only looks at what was pasted into a search for a user.
    expect(listening.map(([file]) => file)).toEqual(["components/form/user-picker.tsx"]);
  });
});

describe("passwords", () => {
  test("are stored as argon2id with the parameters that are recommended", async () => {
    const stored = await hashPassword("correct horse battery");
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z\d+/]{22}\$[A-Za-z\d+/]{43}$/);
    expect(await hashPassword("correct horse battery")).not.toBe(stored);
  });
});
