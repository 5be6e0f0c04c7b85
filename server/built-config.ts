import { readFileSync } from "node:fs";
import path from "node:path";

interface BuiltConfig {
  readonly experimental: { readonly serverActions?: object };
}

/**
 * Has Next take the configuration that the console was built with, as its own standalone server does, instead of compiling
 * next.config.ts at each start, for which a release has no compiler. What depends on this installation is put in.
 */
export function takeBuiltConfig(publicUrl: string): void {
  const file = path.resolve(process.env.NEXT_DIST_DIR || ".next", "required-server-files.json");
  const { config } = JSON.parse(readFileSync(file, "utf8")) as { config: BuiltConfig };
  const serverActions = { ...config.experimental.serverActions, allowedOrigins: [new URL(publicUrl).host] };
  process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify({
    ...config,
    experimental: { ...config.experimental, serverActions },
  });
}
