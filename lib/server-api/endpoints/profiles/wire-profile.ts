import { z } from "zod";
import { BASIC_KEY_NAMES, BASIC_KEYS, isBasicKey } from "@/lib/core/profiles/facts";
import {
  EXTENDED_VALUE_MAX_CHARACTERS,
  type HostedProfile,
  MAX_EXTENDED_PAIRS,
  SetUserProfileSchema,
} from "@/lib/core/profiles/schema";
import { textFromNumber, wireMs, wireUserId } from "../../wire-schema";

// What comes in: text may arrive as a number (contract section 4). What else is in the objects, the core judges.

const isTextKey = (key: string) => !(isBasicKey(key) && BASIC_KEYS[key].kind === "number");

const withText = (isText: (key: string) => boolean) => (value: unknown) =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, isText(key) ? textFromNumber(item) : item]))
    : value;

const documentedKey = (key: keyof typeof BASIC_KEYS) => {
  const rule = BASIC_KEYS[key];
  return rule.kind === "text"
    ? { type: "string", maxLength: rule.maxCharacters }
    : { type: ["integer", "string"], minimum: rule.min, maximum: rule.max };
};

const { userProfile, userExtProfile } = SetUserProfileSchema.shape;

export const wireUserProfileInput = z.preprocess(withText(isTextKey), userProfile).meta({
  type: "object",
  properties: Object.fromEntries(BASIC_KEY_NAMES.map((key) => [key, documentedKey(key)])),
  additionalProperties: false,
});

export const wireUserExtProfileInput = z
  .preprocess(
    withText(() => true),
    userExtProfile,
  )
  .meta({
    type: "object",
    propertyNames: { pattern: "^ext_[A-Za-z0-9_]+$", maxLength: 32 },
    additionalProperties: { type: "string", maxLength: EXTENDED_VALUE_MAX_CHARACTERS },
    maxProperties: MAX_EXTENDED_PAIRS,
  });

// What goes out: only what is set.

const text = z.string().min(1).optional();
const number = z.int().optional();

export const wireHostedProfile = z.strictObject({
  userId: wireUserId,
  version: wireMs,
  userProfile: z.strictObject({
    uniqueId: text,
    name: text,
    portraitUri: text,
    email: text,
    birthday: text,
    gender: number,
    location: text,
    role: number,
    level: number,
  }),
  userExtProfile: z.record(z.string(), z.string().min(1)).optional(),
});

export function toWireProfile(profile: HostedProfile): z.input<typeof wireHostedProfile> {
  const { userExtProfile: extended, ...rest } = profile;
  return Object.keys(extended).length === 0 ? rest : { ...rest, userExtProfile: { ...extended } };
}
