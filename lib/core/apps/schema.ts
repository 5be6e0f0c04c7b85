import { z } from "zod";
import { addressText, formText } from "../input/text";

/** Whether whoever is connected with a token of before is disconnected. */
export const RefreshAppSecretSchema = z.object({ disconnect: z.boolean("Must be true or false.") });
export type RefreshAppSecretInput = z.input<typeof RefreshAppSecretSchema>;

export const PlanSchema = z.enum(["free", "starter", "pro"]);
export const EnvironmentNameSchema = z.enum(["development", "production"]);

export const LIFETIME_MIN_MINUTES = 5;
export const LIFETIME_MAX_MINUTES = 7 * 1_440;

export const CreateAppSchema = z.object({
  name: formText({ min: 1, max: 64, missing: "Give the app a name." }),
  description: formText({ max: 256, missing: "Enter text." }).default(""),
  /** A temporary app goes after so many minutes, with all its data. Left out: it stays. */
  lifetimeMinutes: z
    .number("Must be a number of minutes.")
    .int("Must be a whole number of minutes.")
    .gte(LIFETIME_MIN_MINUTES, `Must be at least ${LIFETIME_MIN_MINUTES} minutes.`)
    .lte(LIFETIME_MAX_MINUTES, `Must be at most ${LIFETIME_MAX_MINUTES} minutes (7 days).`)
    .optional(),
});
export type CreateAppInput = z.input<typeof CreateAppSchema>;

/** `shown` is what the page said that the change was made on. */
export const ChangeAppSchema = z.object({
  appId: addressText(64),
  name: CreateAppSchema.shape.name,
  description: CreateAppSchema.shape.description,
  shown: z.object({ name: z.string(), description: z.string() }),
});
export type ChangeAppInput = z.input<typeof ChangeAppSchema>;

/** `confirmation` is the app's name, typed. */
export const DeleteAppSchema = z.object({
  appId: addressText(64),
  confirmation: formText({ max: 64, missing: "Type the app's name." }),
});
export type DeleteAppInput = z.infer<typeof DeleteAppSchema>;

export const ChangePlanSchema = z.object({
  appId: addressText(64),
  plan: PlanSchema,
  /** What a page showed, for a change that must not meet another one. */
  seen: z.object({ plan: PlanSchema }).optional(),
});
export type ChangePlanInput = z.infer<typeof ChangePlanSchema>;
