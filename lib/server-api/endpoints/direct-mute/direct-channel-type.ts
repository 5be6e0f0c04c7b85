import { z } from "zod";
import { listOf } from "@/lib/core/input/list";

const onlyDirect = "Must name direct channels, PERSON or 1: others cannot be muted.";

/** The only kind of channel that can be muted for a user, as callers spell it (contract section 15). */
export const DirectChannelTypeSchema = z.literal(["PERSON", 1, "1"], { error: onlyDirect });

const list = listOf(DirectChannelTypeSchema, { min: 1, wrong: onlyDirect, size: onlyDirect });

/** A list of them, or one alone. */
export const DirectChannelTypesSchema = z.preprocess(
  (value) => (value === undefined || Array.isArray(value) ? value : [value]),
  list.optional(),
);
