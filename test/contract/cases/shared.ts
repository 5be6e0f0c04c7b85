import { expect } from "vitest";
import type { Context } from "@/lib/core/context";
import type { TestEnvironment } from "@/test/support/context";

/** What the checklist knows of one field of a request body. */
export interface FieldCase {
  readonly required: boolean;
  /** Values of the wrong type or out of range: 1002, unless `refusedCode` says otherwise. */
  readonly refused: readonly unknown[];
  readonly refusedCode?: number;
  /** Over-long text: 1005, unless `tooLongCode` says otherwise. */
  readonly tooLong?: unknown;
  readonly tooLongCode?: number;
  /** Values at the edge that must be accepted, each with a user of its own. */
  readonly accepted: readonly unknown[];
}

/** An answer's HTTP status and code. */
export interface AnswerCode {
  readonly status: number;
  readonly code: number;
}

export interface EndpointCase {
  readonly path: string;
  readonly aliases?: readonly string[];
  /** Per window and App Key. */
  readonly limit: number;
  /** Default: one second. */
  readonly windowMs?: number;
  /** Of the body; default: 256 KB. */
  readonly bodyLimitBytes?: number;
  /** What must be there for `body(userId)` to succeed, beyond the registered user. */
  prepare?(context: Context, environment: TestEnvironment, userId: string): Promise<unknown>;
  /** A valid body about a registered user. */
  body(userId: string): Record<string, unknown>;
  readonly fields: Readonly<Record<string, FieldCase>>;
  /** What `result` looks like; undefined: the answer is the code only. */
  result(userId: string): unknown;
  /** What the same body gives the second time; default: the same as the first. */
  readonly repeat?: AnswerCode;
  /** The code for an id that is not registered; undefined where no id is sent, or where it says nothing about users. */
  readonly unknownId: number | undefined;
  /** Whether an unknown id becomes a user. */
  readonly registers?: boolean;
  /** A body that counts for more than one, so that a large limit is reached in few calls; `cost` divides the limit. */
  readonly counted?: { body(userId: string): Record<string, unknown>; readonly cost: number };
}

export const notText = [null, true, {}, [], ["a"], Number.NaN];
export const unstorable = ["a\u0000b", "\ud800"];
export const textTime = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

export const userId: FieldCase = {
  required: true,
  refused: [...notText, ...unstorable, "", Number.MAX_SAFE_INTEGER + 1],
  tooLong: "u".repeat(65),
  accepted: [],
};
export const name: FieldCase = {
  required: false,
  refused: [...notText, ...unstorable, ""],
  tooLong: "n".repeat(65),
  accepted: ["n".repeat(64), "👍".repeat(64), 42, "Ünï 'quoted' \"x\" \\ $1", "x"],
};
export const avatarUrl: FieldCase = {
  required: false,
  refused: [...notText, ...unstorable],
  tooLong: "é".repeat(513),
  accepted: ["", "é".repeat(512), "a".repeat(1024)],
};
export const manyIds = (count: number) => Array.from({ length: count }, (_, index) => `id-${index}`);
export const userIds: FieldCase = {
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
/** From 1 to `max` ids. */
export const idList = (max: number): FieldCase => ({
  ...userIds,
  refused: userIds.refused.map((value) => (Array.isArray(value) && value.length > 1 ? manyIds(max + 1) : value)),
  accepted: [manyIds(max), ["same", "same"], [12345, "12345"]],
});
export const wholeNumber = (required: boolean, min: number, max: number): FieldCase => ({
  required,
  refused: [null, true, {}, [], "", "ten", "1e3", min - 1, max + 1, String(max + 1), min + 0.5, `${min}.5`, -1, 1e308],
  accepted: [min, max, String(min), String(max), `${min}.0`],
});
/** One of a few numbers, which may come as text. */
export const oneOf = (required: boolean, ...values: readonly number[]): FieldCase => ({
  required,
  refused: [null, true, {}, [], "", "x", -1, Math.max(...values) + 1, values.includes(0) ? 0.5 : 0, 1.5],
  accepted: [...values, ...values.map(String)],
});
/** Text of up to `max` characters that may be empty. */
export const optionalText = (max: number): FieldCase => ({
  required: false,
  refused: [...notText, ...unstorable],
  tooLong: "x".repeat(max + 1),
  accepted: ["", "é".repeat(max), "👍".repeat(max), 42],
});
/** Page tokens: what is no text is a wrong type, what cannot be read has a code of its own. */
export const pageToken = (unreadable: number): FieldCase => ({
  required: false,
  refused: [null, true, {}, [], ["a"]],
  tooLong: "x".repeat(2_000),
  tooLongCode: unreadable,
  accepted: [""],
});
