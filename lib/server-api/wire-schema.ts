import { z } from "zod";
import { userIdList } from "@/lib/core/users/schema";

/**
 * Numbers may arrive as text and text as numbers: callers and documents disagree (contract section 4). A number beyond
 * 2^53 has lost digits on its way, so it is no text that anyone meant.
 */
const numberFromText = (value: unknown) =>
  typeof value === "string" && /^-?\d{1,16}(\.\d+)?$/.test(value) ? Number(value) : value;

/** The text of a number that has kept its digits; anything else as it is. */
export const textFromNumber = (value: unknown) =>
  typeof value === "number" && Math.abs(value) <= Number.MAX_SAFE_INTEGER ? String(value) : value;

/** `schema` for a number, also from numeric text. */
export const wireNumber = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(numberFromText, schema);

/** `schema` for text, also from a number. */
export const wireText = <Schema extends z.ZodType>(schema: Schema) => z.preprocess(textFromNumber, schema);

/** A list whose items are text, also from numbers. */
export const withTextItems = (value: unknown) => (Array.isArray(value) ? value.map(textFromNumber) : value);

/** From 1 to `max` user ids. */
export const wireUserIds = (max: number) => z.preprocess(withTextItems, userIdList(max));

/** Most ids in one call of the list endpoints of tokens and bans. */
export const MAX_IDS = 20;

// What goes out. Strict, but without the rules of registration: an id that exists is an id.

export const wireUserId = z.string().min(1).max(64);

/** `YYYY-MM-DD HH:MM:SS` in UTC. */
export const wireTextTime = z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);

/** Unix milliseconds. */
export const wireMs = z.int().min(0);

/** Names a soft delete or restore in the webhook's events. */
export const wireOperationId = z.string().regex(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);
