import { distDir, ensureBuilt } from "./build";
import { buildConsole, buildService } from "./build-service";
import type { FindPrograms } from "./programs";

/** The programs of a checkout, built unless that is done. */
export const checkoutPrograms: FindPrograms = async ({ dev }) => {
  // First: Next empties its folder, in which the other two lie as well.
  if (!dev) await ensureBuilt();
  const [consoleFile, serviceFile] = await Promise.all([buildConsole(distDir()), dev ? null : buildService(distDir())]);
  return { consoleFile, serviceFile };
};
