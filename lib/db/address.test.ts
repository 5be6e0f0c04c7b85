import pg from "pg";
import { describe, expect, test } from "vitest";
import { addressProblem, placeOf, schemaOf } from "./address";
import { connectionConfig } from "./session";

describe("addressProblem", () => {
  test.each([
    "postgresql://im:secret@db.example.com:5432/im",
    "postgres://im@localhost/im?sslmode=verify-full&sslrootcert=/etc/ca.pem",
    "postgresql://im:p%40ss%2Fw%3Ard%23%3F@[::1]:5433/im",
    "postgresql://im:a:b@localhost/im",
    "postgresql:///im?host=/var/run/postgresql",
    "postgresql://im:secret@/im?host=/var/run/postgresql&port=5433",
    "postgresql://im@%2Fvar%2Frun%2Fpostgresql/im",
    "postgresql://db.example.com/im?user=im&password=a@b&schema=users",
  ])("%s is one", (address) => {
    expect(addressProblem(address)).toBeNull();
    expect(() => new pg.Client(connectionConfig({ url: address }))).not.toThrow(/URL/);
  });

  test.each([
    ["/", "%2F"],
    ["#", "%23"],
    ["?", "%3F"],
    ["@/", "%2F"],
    ["#?", "%23, ? as %3F"],
    ["%", "%25"],
    [" ", "%20"],
  ])("a password with %s says what to write instead, and nothing else of it", (characters, encoded) => {
    const problem = addressProblem(`postgresql://im:hush${characters}hush@db.example.com:5432/im`);
    expect(problem).toMatch(/user name or password.*must be encoded/);
    expect(problem).toContain(encoded);
    expect(problem).not.toContain("hush");
  });

  test.each([
    ["localhost:5432/im", /starts with postgres/],
    ["mysql://localhost/im", /starts with postgres/],
    ["postgresql://one.example.com:5432,two.example.com:5432/im", /several servers.*primary/],
    ["postgresql://im:secret@one,two/im", /several servers/],
    ["postgresql:///im?host=one,two", /several servers/],
    ["postgresql://localhost/im?options=-c%20search_path%3Dim", /\?schema=/],
    ["postgresql://localhost/im?schema=", /schema/],
    [`postgresql://localhost/im?schema=${"x".repeat(64)}`, /63 bytes/],
    ["postgresql://localhost:port/im", /such as postgresql:/],
  ])("%s is refused with what to do", (address, words) => {
    expect(addressProblem(address)).toMatch(words);
  });
});

test("placeOf says where, not who and how", () => {
  expect(placeOf("postgresql://user:secret@db.example.com/im")).toBe("db.example.com:5432/im");
  expect(placeOf("postgresql://user:secret@[::1]:5433/im?sslmode=disable")).toBe("[::1]:5433/im");
  expect(placeOf("postgresql://user:secret@/im?host=/run/postgresql&password=secret")).toBe("/run/postgresql:5432/im");
  expect(placeOf("postgresql://user@%2Frun%2Fpostgresql/im")).toBe("/run/postgresql:5432/im");
});

test("schemaOf follows the Prisma CLI", () => {
  expect(schemaOf("postgresql://localhost/im")).toBe("public");
  expect(schemaOf("postgresql://localhost/im?sslmode=disable&schema=Users%20of%20IM")).toBe("Users of IM");
});
