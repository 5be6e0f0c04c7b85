import { expect } from "vitest";

/** What the checklist knows of one field of a request body. */
interface FieldCase {
  readonly required: boolean;
  /** Values of the wrong type or out of range: 1002. */
  readonly refused: readonly unknown[];
  /** Over-long text: 1005. */
  readonly tooLong?: unknown;
  /** Values at the edge that must be accepted. */
  readonly accepted: readonly unknown[];
}

export interface EndpointCase {
  readonly path: string;
  /** Requests per second and App Key. */
  readonly limit: number;
  /** A valid body about a registered user. */
  body(userId: string): Record<string, unknown>;
  readonly fields: Readonly<Record<string, FieldCase>>;
  /** What `result` looks like; undefined: the answer is the code only. */
  result(userId: string): unknown;
  /** The code for an id that is not registered; undefined where no id is sent. */
  readonly unknownId: number | undefined;
  /** Whether an unknown id becomes a user. */
  readonly registers?: boolean;
}

const notText = [null, true, {}, [], ["a"], Number.NaN];
const unstorable = ["a\u0000b", "\ud800"];
const textTime = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

const userId: FieldCase = {
  required: true,
  refused: [...notText, ...unstorable, "", Number.MAX_SAFE_INTEGER + 1],
  tooLong: "u".repeat(65),
  accepted: [],
};
const name: FieldCase = {
  required: false,
  refused: [...notText, ...unstorable, ""],
  tooLong: "n".repeat(65),
  accepted: ["n".repeat(64), "👍".repeat(64), 42, "Ünï 'quoted' \"x\" \\ $1", "x"],
};
const avatarUrl: FieldCase = {
  required: false,
  refused: [...notText, ...unstorable],
  tooLong: "é".repeat(513),
  accepted: ["", "é".repeat(512), "a".repeat(1024)],
};
const manyIds = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);
const userIds: FieldCase = {
  required: true,
  refused: [
    null,
    "alice",
    7,
    {},
    [],
    manyIds(21),
    [null],
    [{}],
    [["a"]],
    [true],
    [""],
    ["a\u0000"],
    [Number.MAX_SAFE_INTEGER + 1],
  ],
  tooLong: ["ok", "u".repeat(65)],
  accepted: [manyIds(20), ["same", "same"], [12345, "12345"]],
};
const wholeNumber = (required: boolean, min: number, max: number): FieldCase => ({
  required,
  refused: [null, true, {}, [], "", "ten", "1e3", min - 1, max + 1, String(max + 1), min + 0.5, `${min}.5`, -1, 1e308],
  accepted: [min, max, String(min), String(max), `${min}.0`],
});

/** Every endpoint of contract sections 5 to 7. */
export const ENDPOINT_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/auth/access-token/issue",
    limit: 200,
    body: (id) => ({ userId: id, name: "Alice", avatarUrl: "https://example.com/a.png" }),
    fields: {
      userId: { ...userId, refused: [...userId.refused, "a b", "a/b", "zoë", "a\n"], accepted: [] },
      name: { ...name, required: true },
      avatarUrl,
    },
    result: (id) => ({ userId: id, accessToken: expect.stringMatching(/^[A-Za-z0-9_-]{60,255}$/) }),
    unknownId: 0,
    registers: true,
  },
  {
    path: "/v4/auth/access-token/expire",
    limit: 100,
    body: (id) => ({ userIds: [id], expiresAt: 1_767_225_600_000 }),
    fields: { userIds, expiresAt: wholeNumber(true, 0, 253_402_300_799_999) },
    result: () => undefined,
    unknownId: 0,
  },
  {
    path: "/v4/user/get",
    limit: 100,
    body: (id) => ({ userId: id }),
    fields: { userId },
    result: () => ({ name: "Known", avatarUrl: "", createdAt: textTime }),
    unknownId: 400,
  },
  {
    path: "/v4/user/update",
    limit: 100,
    body: (id) => ({ userId: id, name: "New name", avatarUrl: "https://example.com/b.png" }),
    fields: { userId, name, avatarUrl },
    result: () => undefined,
    unknownId: 400,
  },
  {
    path: "/v4/user/ban",
    limit: 100,
    body: (id) => ({ userIds: [id], durationMinutes: 60 }),
    fields: { userIds, durationMinutes: wholeNumber(true, 1, 43_200) },
    result: () => undefined,
    unknownId: 0,
  },
  {
    path: "/v4/user/unban",
    limit: 100,
    body: (id) => ({ userIds: [id] }),
    fields: { userIds },
    result: () => undefined,
    unknownId: 0,
  },
  {
    path: "/v4/user/ban/list",
    limit: 100,
    body: () => ({ page: 1, pageSize: 50 }),
    fields: { page: wholeNumber(false, 1, 1_000_000), pageSize: wholeNumber(false, 1, 1_000) },
    result: () => ({ bannedUsers: expect.any(Array) }),
    unknownId: undefined,
  },
];
