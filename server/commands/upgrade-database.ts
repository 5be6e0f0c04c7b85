import { Failure } from "../installation/failure";
import { dataDirOf } from "../installation/settings";
import { removeKeptClusters, upgradeCluster } from "../installation/upgrade-cluster";
import { settingsOfInstallation } from "../installation/which";
import { optional, type SettingsCommand, UsageError } from "./command";
import { productVersion } from "./product-version";

export const upgradeDatabaseCommand: SettingsCommand = {
  name: "upgrade-database",
  usage: "[--programs FOLDER] | --remove-old",
  summary:
    "bring the embedded database to the PostgreSQL that this version comes with; keeps the old one until --remove-old; the product must be stopped",
  needs: "settings",
  flags: { programs: { type: "string" }, "remove-old": { type: "boolean" } },
  async run(settings, flags, _positionals, { env, say }) {
    const installation = settingsOfInstallation(settings, env);
    if (installation.DATABASE_URL !== undefined) {
      throw new Failure("DATABASE_URL is set: that PostgreSQL is upgraded by whoever runs it.");
    }
    const dataDir = dataDirOf(installation);
    const programs = optional(flags, "programs");
    if (flags["remove-old"] === true) {
      if (programs !== undefined) throw new UsageError("--remove-old goes by itself.");
      const removed = removeKeptClusters(dataDir);
      const text = removed.length === 0 ? "There is no old database." : `Removed ${removed.join(", ")}.`;
      return { data: { removed }, text };
    }
    const upgraded = await upgradeCluster({ dataDir, programs, product: productVersion(), say });
    if (upgraded === null)
      return { data: { upgraded: false }, text: "The database is up to date: there is nothing to do." };
    const { from, to, rows, kept, others } = upgraded;
    const lines = [
      `The database is PostgreSQL ${to}'s now, with all ${rows} rows that it had under ${from}. Start the product.`,
      `The old one is kept in ${kept}. When all is well: upgrade-database --remove-old.`,
      ...(others.length === 0 ? [] : [`Databases that are not the product's stayed there: ${others.join(", ")}.`]),
    ];
    return { data: { upgraded: true, ...upgraded }, text: lines.join("\n") };
  },
};
