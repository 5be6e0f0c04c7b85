import { randomBytes } from "node:crypto";
import type { EnvironmentId, EnvironmentRef } from "@/lib/core/actor";
import { parseEnv } from "@/lib/env";
import { createRuntime, type Runtime } from "@/lib/runtime";
import type { Installation } from "../common/installation";

/** A process of the benchmark's own on an installation. */
export async function runtimeOn({ databaseUrl }: Installation): Promise<Runtime> {
  const masterKey = randomBytes(32).toString("hex");
  const settings = parseEnv({ DATABASE_URL: databaseUrl, MASTER_KEY: masterKey, LOG_LEVEL: "silent" });
  return createRuntime("bench", settings);
}

export const productionOf = ({ production }: Installation): EnvironmentRef => ({
  id: production.environmentId as EnvironmentId,
  appId: "",
  appName: "",
  name: "production",
  appKey: production.appKey,
  plan: "starter",
  userLimit: null,
  clock: null,
});
