import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serverAccount } from "@/test/support/foreign-programs";
import { freePort } from "@/test/support/free-port";
import {
  expectBanned,
  OWNER,
  type Program,
  registerAndBan,
  runInstalled,
  signIn,
  startInstalled,
  untilReady,
} from "@/test/support/own-installation";

/** `npm run release`: the archive, unpacked where nothing but Node is, by an account that may not write into it. */

const run = promisify(execFile);
const MAKE_WITHIN_MS = 1_200_000;
const READY_WITHIN_MS = 180_000;

const place = mkdtempSync(path.join(tmpdir(), "im-release-"));
const account = serverAccount();
let folder = "";
let node = "";
let env: Record<string, string> = {};
let consoleUrl = "";
let apiUrl = "";
let program: Program | undefined;

async function start(...args: string[]): Promise<Program> {
  program = startInstalled(node, [path.join(folder, "server.mjs"), ...args], { ...account, env, cwd: "/" });
  await Promise.all([
    untilReady(`${consoleUrl}/readyz`, program, READY_WITHIN_MS),
    untilReady(`${apiUrl}/readyz`, program, READY_WITHIN_MS),
  ]);
  return program;
}

const cli = (...args: string[]) =>
  runInstalled(node, [path.join(folder, "cli.mjs"), ...args], { ...account, env, cwd: "/" });

async function keysOf(): Promise<{ appKey: string; appSecret: string }> {
  const { said } = await cli("apps", "list", "--json");
  const [app] = JSON.parse(said) as { id: string }[];
  return JSON.parse((await cli("apps", "keys", "--app", app?.id ?? "", "--env", "development", "--json")).said);
}

beforeAll(async () => {
  chmodSync(place, 0o755);
  const made = path.join(place, "made");
  await run(process.execPath, ["scripts/release.mjs", made], { maxBuffer: 64 * 1024 * 1024 });
  const [archive = ""] = readdirSync(made).filter((name) => name.endsWith(".tar.gz"));
  const sum = createHash("sha256")
    .update(readFileSync(path.join(made, archive)))
    .digest("hex");
  expect(readFileSync(path.join(made, `${archive}.sha256`), "utf8")).toBe(`${sum}  ${archive}\n`);

  await run("tar", ["-xzf", path.join(made, archive), "-C", place]);
  folder = path.join(place, archive.replace(/\.tar\.gz$/, ""));
  await run("chmod", ["-R", "a-w", folder]);
  const bin = path.join(place, "bin");
  mkdirSync(bin);
  node = path.join(bin, "node");
  symlinkSync(process.execPath, node);
  const dataDir = path.join(place, "data");
  mkdirSync(dataDir);
  if (account.uid !== undefined) await run("chown", [`${account.uid}:${account.gid}`, dataDir]);
  const [consolePort, servicePort] = [await freePort(), await freePort()];
  consoleUrl = `http://localhost:${consolePort}`;
  apiUrl = `http://localhost:${servicePort}`;
  env = {
    PATH: bin,
    HOME: "/nonexistent",
    DATA_DIR: dataDir,
    CONSOLE_PORT: String(consolePort),
    SERVICE_PORT: String(servicePort),
    METRICS_ADDRESS: "off",
    OWNER_EMAIL: OWNER.email,
    OWNER_PASSWORD: OWNER.password,
  };
}, MAKE_WITHIN_MS);

afterAll(async () => {
  await program?.stop();
  await run("chmod", ["-R", "u+w", place]);
  rmSync(place, { recursive: true, force: true });
});

describe("an unpacked release", () => {
  test("has what operators and auditors need, and nothing that builds", () => {
    const bill = JSON.parse(readFileSync(path.join(folder, "sbom.cdx.json"), "utf8")) as { bomFormat: string };
    expect(bill.bomFormat).toBe("CycloneDX");
    for (const name of [
      "LICENSE",
      "THIRD-PARTY-LICENCES.txt",
      "docs/operations.md",
      "docs/installation.md",
      ".env.example",
    ]) {
      expect([name, existsSync(path.join(folder, name))]).toEqual([name, true]);
    }
    const packages = readdirSync(path.join(folder, "node_modules"));
    for (const name of ["typescript", "esbuild", "tsx", "prisma", "vitest", "sharp", "tailwindcss"]) {
      expect(packages).not.toContain(name);
    }
  });

  test("starts with Node alone, in a folder that it may not write into, and serves operators and app servers", async () => {
    const began = Date.now();
    const running = await start();
    process.stderr.write(`An unpacked release was ready after ${((Date.now() - began) / 1000).toFixed(1)} s.\n`);
    const { status, page } = await signIn(consoleUrl);
    expect([status, page.includes("First application")]).toEqual([200, true]);
    const keys = await keysOf();
    await registerAndBan(apiUrl, keys, "ben01");

    const doctor = await cli("doctor");
    expect(doctor.said).toContain("Nothing is wrong.");
    expect(doctor.said).not.toContain("npm");
    expect(doctor.code).toBe(0);
    expect((await cli("users", "list", "--query", "ben", "--json")).said).toContain("ben01");

    expect(await running.stop()).toBe(0);
    expect(running.said()).toContain("Stopped.");
    await start();
    await expectBanned(apiUrl, keys, "ben01");
    expect(await program?.stop()).toBe(0);
  }, 600_000);

  test("says what to do in its own commands", async () => {
    expect((await cli("--help")).said).toContain("node cli.mjs COMMAND");
    const { said } = await runInstalled(node, [path.join(folder, "server.mjs"), "--help"], { env });
    expect(said).toContain("node server.mjs");
    const dev = await runInstalled(node, [path.join(folder, "server.mjs"), "--dev"], { ...account, env });
    expect([dev.code, dev.said]).toEqual([1, expect.stringContaining("A release has no sources")]);
  }, 60_000);
});
