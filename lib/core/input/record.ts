import { z } from "zod";

/**
 * `schema` for an object of at most `max` pairs. More are refused before anything looks at one of them: a caller decides how many there
 * are, and each costs a check.
 */
export const fewPairs = <Schema extends z.ZodType>(max: number, schema: Schema) =>
  z
    .preprocess((value, ctx) => {
      if (!isObject(value) || Object.keys(value).length <= max) return value;
      ctx.addIssue({ code: "custom", message: `Must have at most ${max} keys.` });
      return z.NEVER;
    }, schema)
    .meta({ maxProperties: max });

/**
 * `schema` for an object that whoever uses it refuses, in its own words, for more than `max` pairs: of more, only as many are looked at as
 * that takes.
 */
export const firstPairs = <Schema extends z.ZodType>(max: number, schema: Schema) =>
  z
    .preprocess((value) => {
      if (!isObject(value)) return value;
      const entries = Object.entries(value);
      return entries.length <= max ? value : Object.fromEntries(entries.slice(0, max + 1));
    }, schema)
    .meta({ maxProperties: max });

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
