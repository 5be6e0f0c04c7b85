import type { System } from "@/lib/core/actor";
import { type CreatedApp, createApp } from "@/lib/core/apps/create-app";
import type { Context } from "@/lib/core/context";

/** A fresh app without users. */
export async function seedEmpty(context: Context, actor: System): Promise<CreatedApp> {
  return createApp(context, actor, { name: "Empty application", description: "A fresh app without users." });
}
