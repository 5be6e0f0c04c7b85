import { z } from "zod";

interface ListRule {
  readonly min?: number;
  readonly max?: number;
  /** For what is no list. */
  readonly wrong: z.core.$ZodErrorMap | string;
  /** For too short or too long a one. */
  readonly size: string;
}

/** A list of from `min` to `max` items. The number is checked by hand, for the reason that lib/core/input/text.ts gives. */
export function listOf<Item extends z.ZodType>(item: Item, { min = 0, max, wrong, size }: ListRule) {
  return z
    .array(item, { error: wrong as string })
    .check(({ value: input, issues }) => {
      if (input.length < min) issues.push({ code: "too_small", origin: "array", minimum: min, input, message: size });
      if (max !== undefined && input.length > max)
        issues.push({ code: "too_big", origin: "array", maximum: max, input, message: size });
    })
    .meta({ ...(min > 0 ? { minItems: min } : {}), ...(max === undefined ? {} : { maxItems: max }) });
}
