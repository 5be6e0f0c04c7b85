import type { Context } from "../context";
import { type InstallationFigures, readInstallationFigures } from "./monitoring-store";

/** What is worth watching of the whole installation; holds nothing about any one user. For the metrics endpoint. */
export function readFigures(context: Context): Promise<InstallationFigures> {
  return readInstallationFigures(context.db.prisma, context.now());
}
