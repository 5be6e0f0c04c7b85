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

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
