import { distDir, ensureBuilt } from "./build";
import { buildConsole, buildService } from "./build-service";
import type { FindPrograms } from "./programs";

/** The programs of a checkout, built unless that is done. */
export const checkoutPrograms: FindPrograms = async ({ dev }) => {
  const [consoleFile, serviceFile] = await Promise.all([
    buildConsole(distDir()),
    dev ? null : buildService(distDir()),
    dev ? null : ensureBuilt(),
  ]);
  return { consoleFile, serviceFile };
};
