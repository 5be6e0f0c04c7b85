import { describe, expect, test } from "vitest";
import { createSecretBox } from "@/lib/core/secrets";
import { cookieName, cookieOptions, openSessionId, sealSessionId } from "./session-cookie";

const ours = createSecretBox("00".repeat(32));
const theirs = createSecretBox("11".repeat(32));
const at = (CONSOLE_PORT: number, PUBLIC_CONSOLE_URL: string) => ({ CONSOLE_PORT, PUBLIC_CONSOLE_URL });

describe("the session cookie", () => {
  test("gives back the session's id, to the installation that made it only", async () => {
    const cookie = await sealSessionId(ours, "session-1");
    expect(await openSessionId(ours, cookie)).toBe("session-1");
    expect(await openSessionId(theirs, cookie)).toBeNull();
    expect(cookie).not.toContain("session-1");
  });

  test.each([undefined, "", "x", "a.b.c.d.e", "=".repeat(5000)])("%j is nobody's session", async (cookie) => {
    expect(await openSessionId(ours, cookie)).toBeNull();
  });

  test("two installations on one host have cookies of their own", () => {
    expect(cookieName(at(3000, "http://localhost:3000"), "session")).not.toBe(
      cookieName(at(3010, "http://localhost:3010"), "session"),
    );
  });

  test("over https it is secure and bound to the host; scripts never read it", () => {
    const https = at(3000, "https://console.example.com");
    expect(cookieName(https, "session")).toMatch(/^__Host-/);
    expect(cookieOptions(https)).toEqual({ httpOnly: true, sameSite: "lax", path: "/", secure: true });
    expect(cookieOptions(at(3000, "http://localhost:3000"))).toMatchObject({ httpOnly: true, secure: false });
  });
});
