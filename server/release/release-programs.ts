import path from "node:path";
import { Failure } from "../installation/failure";
import type { FindPrograms } from "../launcher/programs";

/** The programs of an unpacked release. */
export const releasePrograms: FindPrograms = async ({ dev }) => {
  if (dev) throw new Failure("A release has no sources to reload: --dev is for a checkout.");
  return { consoleFile: path.resolve("server/console.mjs"), serviceFile: path.resolve("server/service.mjs") };
};
