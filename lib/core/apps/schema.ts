import { z } from "zod";

export const PlanSchema = z.enum(["free", "starter", "pro"]);
export const EnvironmentNameSchema = z.enum(["development", "production"]);

export const CreateAppSchema = z.object({
  name: z.string().trim().min(1, "Give the app a name.").max(64, "At most 64 characters."),
  description: z.string().trim().max(256, "At most 256 characters.").default(""),
});
export type CreateAppInput = z.input<typeof CreateAppSchema>;

export const ChangePlanSchema = z.object({ appId: z.string().min(1), plan: PlanSchema });
export type ChangePlanInput = z.infer<typeof ChangePlanSchema>;
