import { expect, vi } from "vitest";
import type { EnvironmentRef } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { changeSettings } from "@/lib/core/settings/change-settings";
import { getSettings } from "@/lib/core/settings/get-settings";
import type { Settings } from "@/lib/core/settings/schema";
import { settingsOf } from "@/lib/core/settings/settings-of";
import { systemOf } from "./context";

/** Changes settings and waits until they act. */
export async function setSettings(context: Context, environment: EnvironmentRef, changes: Partial<Settings>) {
  const actor = systemOf(environment);
  const { version } = await getSettings(context, actor);
  await changeSettings(context, actor, { version, changes });
  await vi.waitFor(async () => expect(await settingsOf(context, environment.id)).toMatchObject(changes), {
    interval: 5,
  });
}

/** Declares these extended keys, and no others, unless that is so already. */
export async function declareProfileKeys(context: Context, environment: EnvironmentRef, keys: readonly string[]) {
  const profileKeys = keys.map((key) => ({ key }));
  const { values } = await getSettings(context, systemOf(environment));
  if (JSON.stringify(values.profileKeys) !== JSON.stringify(profileKeys)) {
    await setSettings(context, environment, { profileKeys });
  }
}
