import { z } from "zod";

/** What callers send who mean no good, made from the schema of what they should send. */

const DEEP = 4_000;
/** JSON text that nests very deeply. */
export const deepText = `${"[".repeat(DEEP)}${"]".repeat(DEEP)}`;

/** An object that cannot be turned into a number or a text. */
const unprintable = { toString: 1, valueOf: 1 };

/** As JSON can carry them. */
export const HOSTILE_JSON: readonly unknown[] = [
  null,
  true,
  "",
  "\0",
  "a\0b",
  "\ud800",
  "%00",
  "x".repeat(5_000),
  -1,
  0,
  1.5,
  2 ** 31,
  2 ** 53,
  1e300,
  [],
  [null],
  ["\0"],
  ["\ud800"],
  [unprintable],
  {},
  unprintable,
  { length: unprintable },
  { length: [unprintable] },
  { length: JSON.parse(deepText) },
  JSON.parse(deepText),
  { "\0": "\0" },
  JSON.parse('{"__proto__": {"length": 1}, "constructor": "x"}'),
];

/** Further ones, that server actions carry. */
export const HOSTILE_VALUES: readonly unknown[] = [
  ...HOSTILE_JSON,
  undefined,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  10n ** 30n,
  Symbol("s"),
  new Map([["a", 1]]),
  new Set(["a"]),
  new Uint8Array(8),
  new FormData(),
  new Proxy(() => {}, {
    get() {
      throw new Error("looked into");
    },
  }),
  new Date(Number.NaN),
  new Date(-8.64e15),
  new Date(8.64e15),
];

/** Values that the schemas of ids and forms take, by the field's name. */
const BY_NAME: Readonly<Record<string, unknown>> = {
  lifetimeMinutes: 60,
  auditDays: 60,
  banDays: 60,
  email: "who@example.com",
  password: "correct horse battery",
  currentPassword: "correct horse battery",
  newPassword: "another horse battery",
  connectionId: "7b0c5b6e-6f0a-4f0c-9d5e-2f7d0a3c1b11",
  exceptId: "7b0c5b6e-6f0a-4f0c-9d5e-2f7d0a3c1b11",
  deliveryId: "1",
  noteId: "1",
  banId: "1",
  formerBanId: "1",
  until: new Date(Date.now() + 3_600_000),
  url: "",
  key: "ext_a",
  allowedOrigins: "",
  protocol: 1,
  viewer: "2027-01-31",
  support: "2027-01-31",
  admin: "2027-01-31",
  owner: "2027-01-31",
  limit: 100,
};

/** Texts that schemas make something else of, by the field's name: other schemas mean a word by the same name. */
const TEXT_BY_NAME: Readonly<Record<string, string>> = {
  by: "1h",
  issuer: "https://login.example.com",
  roles: "staff=viewer",
  domains: "example.com",
  factors: "mfa",
  scopes: "openid",
  networks: "127.0.0.0/8",
  time: new Date(Date.now() + 30 * 86_400_000).toISOString(),
};

type Def = Readonly<Record<string, unknown>> & { readonly type: string };

/** A valid input for most schemas of this product: each field there, texts of one letter. */
export function exampleOf(schema: z.ZodType, name = ""): unknown {
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name];
  const def = schema._zod.def as unknown as Def;
  const inner = (key: string) => exampleOf(def[key] as z.ZodType, name);
  switch (def.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(def.shape as Record<string, z.ZodType>).map(([key, field]) => [key, exampleOf(field, key)]),
      );
    case "string":
      return "a";
    case "number":
    case "int":
      return 1;
    case "boolean":
      return true;
    case "null":
      return null;
    case "date":
      return new Date(0);
    case "array":
      return [inner("element")];
    case "enum":
      return Object.values(def.entries as object)[0];
    case "literal":
      return (def.values as unknown[])[0];
    case "union":
      return exampleOf((def.options as z.ZodType[])[0] ?? z.unknown(), name);
    case "record":
      return { ext_a: "a" };
    case "pipe":
      if (Object.hasOwn(TEXT_BY_NAME, name) && (def.in as z.ZodType)._zod.def.type === "string")
        return TEXT_BY_NAME[name];
      return (def.in as z.ZodType)._zod.def.type === "transform" ? inner("out") : inner("in");
    case "optional":
    case "nonoptional":
    case "nullable":
    case "default":
    case "catch":
    case "readonly":
      return inner("innerType");
    default:
      return {};
  }
}

/** The example with one field replaced by each of `values` in turn, and the values themselves. */
export function* hostileInputs(schema: z.ZodType, values: readonly unknown[]): Generator<unknown> {
  yield* values;
  const example = exampleOf(schema);
  if (typeof example !== "object" || example === null) return;
  for (const field of Object.keys(example)) {
    for (const value of values) yield { ...example, [field]: value };
    const inside = (example as Record<string, unknown>)[field];
    if (typeof inside !== "object" || inside === null || inside instanceof Date) continue;
    for (const key of Object.keys(inside)) {
      for (const value of values) {
        const changed = Array.isArray(inside) ? [value] : { ...inside, [key]: value };
        yield { ...example, [field]: changed };
      }
    }
  }
}
