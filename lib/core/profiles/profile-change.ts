import type { ErrorCode } from "../errors";
import { BASIC_KEYS, type BasicKey, isBasicKey, type TextKey } from "./facts";
import { BASIC_TEXT_SCHEMAS, type BasicProfile, ExtendedValueSchema } from "./schema";

/** Reading what a caller wants to change of a hosted profile (contract section 10.1). Browser-safe: forms use it too. */

/** Why one key cannot be set. `message` starts with "Must", or is a sentence about the key. */
export interface ProfileProblem {
  readonly part: "userProfile" | "userExtProfile";
  readonly key: string;
  readonly code: ErrorCode;
  readonly message: string;
}

/** New values of the keys that were given; null clears a key. */
export interface ProfileChange {
  readonly basic: ReadonlyMap<BasicKey, string | number | null>;
  readonly extended: ReadonlyMap<string, string | null>;
}

export interface ProfileChangeInput {
  readonly userProfile?: Readonly<Record<string, unknown>>;
  readonly userExtProfile?: Readonly<Record<string, unknown>>;
}

export interface ProfileRules {
  /** The extended keys that the environment's settings declare. */
  readonly declared: ReadonlySet<string>;
  /** False for clients. */
  readonly uniqueIdSettable: boolean;
}

type Verdict<T> = { readonly value: T } | { readonly code: ErrorCode; readonly message: string };

interface TextSchema {
  safeParse(
    value: unknown,
  ):
    | { success: true; data: string }
    | { success: false; error: { issues: ReadonlyArray<{ code?: string; message: string }> } };
}

function readText(schema: TextSchema, value: unknown): Verdict<string | null> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return { value: parsed.data === "" ? null : parsed.data };
  const [issue] = parsed.error.issues;
  return {
    code: issue?.code === "too_big" ? "profile_value_too_long" : "invalid_parameter",
    message: issue?.message ?? "Must be text.",
  };
}

const NUMERIC_TEXT = /^-?\d+(\.\d+)?$/;

function readNumber({ min, max }: { min: number; max: number }, value: unknown): Verdict<number | null> {
  if (value === "") return { value: null };
  const number = typeof value === "string" && NUMERIC_TEXT.test(value) ? Number(value) : value;
  if (typeof number !== "number" || Number.isNaN(number)) {
    return { code: "profile_value_not_numeric", message: "Must be a number." };
  }
  if (!Number.isInteger(number) || number < min || number > max) {
    return { code: "profile_value_out_of_range", message: `Must be a whole number from ${min} to ${max}.` };
  }
  // Without the sign of a negative zero.
  return { value: number + 0 };
}

function readBasic(key: string, value: unknown, rules: ProfileRules): Verdict<string | number | null> {
  if (!isBasicKey(key)) {
    return { code: "profile_key_unknown", message: `Is none of the basic keys ${Object.keys(BASIC_KEYS).join(", ")}.` };
  }
  if (key === "uniqueId" && !rules.uniqueIdSettable) {
    return { code: "profile_key_not_settable", message: "Is set by the app's server only." };
  }
  const rule = BASIC_KEYS[key];
  return rule.kind === "text" ? readText(BASIC_TEXT_SCHEMAS[key as TextKey], value) : readNumber(rule, value);
}

function readExtended(key: string, value: unknown, rules: ProfileRules): Verdict<string | null> {
  if (!rules.declared.has(key)) {
    return { code: "profile_key_undeclared", message: "Is not declared in the console under Chat settings." };
  }
  return readText(ExtendedValueSchema, value);
}

/** The change as far as it can be made, and why some keys cannot be set: in the order in which they were given. */
export function readProfileChange(
  input: ProfileChangeInput,
  rules: ProfileRules,
): { change: ProfileChange; problems: readonly ProfileProblem[] } {
  const problems: ProfileProblem[] = [];
  const basic = new Map<BasicKey, string | number | null>();
  const extended = new Map<string, string | null>();
  for (const [key, value] of Object.entries(input.userProfile ?? {})) {
    const read = readBasic(key, value, rules);
    if ("value" in read) basic.set(key as BasicKey, read.value);
    else problems.push({ part: "userProfile", key, ...read });
  }
  for (const [key, value] of Object.entries(input.userExtProfile ?? {})) {
    const read = readExtended(key, value, rules);
    if ("value" in read) extended.set(key, read.value);
    else problems.push({ part: "userExtProfile", key, ...read });
  }
  return { change: { basic, extended }, problems };
}

/** What can be set of a profile, apart from whose it is. */
export interface ProfileValues {
  readonly userProfile: BasicProfile;
  readonly userExtProfile: Readonly<Record<string, string>>;
}

function changed<T>(values: Readonly<Record<string, T>>, change: ReadonlyMap<string, T | null>): Record<string, T> {
  const entries = new Map(Object.entries(values));
  for (const [key, value] of change) {
    if (value === null) entries.delete(key);
    else entries.set(key, value);
  }
  return Object.fromEntries(entries);
}

/** The values after a change: given keys overwrite, cleared ones are gone, the others stay. */
export function applyProfileChange(before: ProfileValues, { basic, extended }: ProfileChange): ProfileValues {
  return {
    userProfile: changed<string | number>(before.userProfile, basic),
    userExtProfile: changed(before.userExtProfile, extended),
  };
}

type Differing = Record<string, string | number | null>;

/** Old and new value of every key that differs; null: not set. */
export function profileDifference(
  before: ProfileValues,
  after: ProfileValues,
): { before: Differing; after: Differing } {
  const flat = ({ userProfile, userExtProfile }: ProfileValues) =>
    new Map<string, string | number>([...Object.entries(userProfile), ...Object.entries(userExtProfile)]);
  const [old, now] = [flat(before), flat(after)];
  const keys = [...new Set([...old.keys(), ...now.keys()])].filter((key) => old.get(key) !== now.get(key));
  const pick = (values: typeof old) => Object.fromEntries(keys.map((key) => [key, values.get(key) ?? null]));
  return { before: pick(old), after: pick(now) };
}
