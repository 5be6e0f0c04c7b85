import { type Site, siteOf } from "@/lib/core/factors/passkey";
import { consoleRuntime } from "./runtime";

/** The console's address as passkeys know it; null: it can have none. Never what a request says about itself. */
export async function passkeySite(): Promise<Site | null> {
  return siteOf((await consoleRuntime()).env.PUBLIC_CONSOLE_URL);
}
