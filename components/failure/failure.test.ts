import { expect, test } from "vitest";
import { ERRORS } from "@/lib/core/errors";
import { failureOf, kindOf } from "./failure";

const said = (code: Parameters<typeof kindOf>[0], attempted: "read" | "change") =>
  failureOf({ code, message: "The server's own sentence." }, attempted);

test("each kind of failure has a sentence of its own, for a read and for a change", () => {
  const codes = [
    "offline",
    "connection_lost",
    "server_unreachable",
    "timeout",
    "database_away",
    "new_version",
  ] as const;
  const changes = codes.map((code) => said(code, "change").sentence);
  expect(new Set(changes).size).toBe(codes.length);
  expect(changes).not.toContain("The server's own sentence.");
});

test("whether a change was made is said: certainly not, or not known", () => {
  expect(said("offline", "change").sentence).toContain("Nothing was sent");
  expect(said("new_version", "change").sentence).toContain("nothing was changed");
  expect(said("timeout", "change").sentence).toContain("Nothing was changed");
  for (const code of ["connection_lost", "server_unreachable", "database_away", "database_silent"] as const) {
    expect(said(code, "change").sentence, code).toContain("may have been made");
  }
});

test("a refusal keeps the server's sentence, and each kind leads on in its own way", () => {
  expect(said("user_quota_reached", "change")).toEqual({
    kind: "refused",
    sentence: "The server's own sentence.",
    step: null,
  });
  expect(said("version_conflict", "change").kind).toBe("conflict");
  expect(said("user_not_found", "change")).toMatchObject({ kind: "gone", step: "refresh" });
  expect(said("not_signed_in", "change").step).toBe("sign-in");
  expect(said("new_version", "change").step).toBe("reload");
  expect(said("internal", "read")).toMatchObject({ kind: "fault", step: "retry" });
});

test("every code of the server is of a kind, and no fault of ours is told as a refusal", () => {
  for (const [code, { expected }] of Object.entries(ERRORS)) {
    const kind = kindOf(code as keyof typeof ERRORS);
    if (!expected) expect(["fault", "databaseSlow", "databaseAway"], code).toContain(kind);
    else expect(kind, code).not.toBe("fault");
  }
});
