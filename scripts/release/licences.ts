import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

interface Lock {
  readonly packages: Record<string, { version?: string; license?: string; dev?: boolean; devOptional?: boolean }>;
}

/** The licences of the packages that the product is made of, each with its own text where the package has one. */
export function licencesOf(root: string): string {
  const { packages } = JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8")) as Lock;
  return Object.entries(packages)
    .filter(
      ([place, { dev, devOptional }]) => place !== "" && !dev && !devOptional && existsSync(path.join(root, place)),
    )
    .map(([place, { version, license }]) => {
      const name = place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
      const texts = readdirSync(path.join(root, place))
        .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
        .sort()
        .map((file) => readFileSync(path.join(root, place, file), "utf8").trim());
      return [`${name} ${version} (${license ?? "licence in its text"})`, ...texts].join("\n\n");
    })
    .join(`\n\n${"-".repeat(80)}\n\n`);
}
