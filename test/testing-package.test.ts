import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";

/** The package as another project gets it: built, packed, installed in an empty folder, without a registry. */
const run = promisify(execFile);
const root = process.cwd();
const folder = mkdtempSync(path.join(tmpdir(), "im-package-"));
const project = path.join(folder, "project");
const modules = path.join(project, "node_modules");

beforeAll(async () => {
  const dist = path.join(folder, "dist");
  await run(process.execPath, ["scripts/build-package.mjs", dist]);
  await run("npm", ["pack", dist, "--pack-destination", folder, "--silent"]);
  const [packed] = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  mkdirSync(project);
  writeFileSync(path.join(project, "package.json"), JSON.stringify({ name: "empty", type: "module", private: true }));
  const install = ["install", path.join(folder, packed ?? ""), "--offline", "--no-audit", "--no-fund"];
  await run("npm", install, { cwd: project });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What docs/testing-the-console.md shows to copy: the flows beside it, and each block that imports or uses the fixtures. */
function examples(): string[] {
  const text = readFileSync(path.join(root, "docs/testing-the-console.md"), "utf8");
  const blocks = [...text.matchAll(/^```ts\n([^`]*(?:`[^`]+`[^`]*)*?)^```$/gm)].map(([, code = ""]) => code);
  const fixtures = blocks.filter((code) => /^(?:test[.(]|import .*im-user-service)/m.test(code));
  return [
    readFileSync(path.join(root, "docs/examples/flows.spec.ts"), "utf8"),
    ...fixtures.map((code) =>
      code.includes("import ")
        ? code
        : `import { expect, test } from "im-user-service/testing/playwright";\nvoid expect;\n${code}`,
    ),
  ];
}

test("brings nothing along", () => {
  expect(readdirSync(modules).filter((name) => !name.startsWith("."))).toEqual(["im-user-service"]);
});

test("runs where there is no Playwright, and says what is missing", async () => {
  writeFileSync(
    path.join(project, "plain.mjs"),
    `import { minutesOf, startTesting } from "im-user-service/testing";
     import { NCEngine } from "im-user-service/client";
     console.log(minutesOf("2h"), typeof NCEngine.initialize);
     await startTesting({ consoleUrl: "http://127.0.0.1:1" }).catch((error) => console.log(error.message));
     await startTesting({ consoleUrl: "http://127.0.0.1:1", token: "imt_x" }).catch((error) => console.log(error.code));`,
  );
  const env = { ...process.env, IM_CONSOLE_TOKEN: "" };
  const { stdout } = await run(process.execPath, ["plain.mjs"], { cwd: project, env });
  expect(stdout.trim().split("\n")).toEqual([
    "120 function",
    "Set IM_CONSOLE_TOKEN: a token from Account in the console.",
    "unreachable",
  ]);
});

test("has types that know every operation, and every example of the documentation", { timeout: 120_000 }, async () => {
  for (const name of ["@playwright", "playwright", "playwright-core", "@types"]) {
    symlinkSync(path.join(root, "node_modules", name), path.join(modules, name));
  }
  const file = path.join(project, "typed.ts");
  const check = async (files = [file]) => {
    const tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
    const flags = [
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2022",
      "--types",
      "node",
      "--skipLibCheck",
    ];
    return run(process.execPath, [tsc, ...flags, ...files], { cwd: project }).then(
      () => "",
      (error: { stdout: string }) => error.stdout,
    );
  };
  writeFileSync(
    file,
    `import { expect, test } from "im-user-service/testing/playwright";
     test("alice", async ({ app, operator, users, api, client, webhooks, console, testing }) => {
       const alice = await users.register("alice", { name: "Alice", banned: "2h" });
       const { bannedUsers } = await api.listBannedUsers({});
       expect(bannedUsers.map((user) => user.userId)).toContain(alice.userId);
       const { rows } = await testing.console.call("listUsers", { app: testing.app.id, env: "development" }, { q: "a" });
       const status: "active" | "banned" | "deleted" | undefined = rows[0]?.status;
       const bob = await client(await users.register("bob"));
       const code: number = await bob.send(alice.userId, "hello");
       const dialog = await (console.act(alice.userId, "Ban…"));
       await expect(dialog).toBeVisible();
       const { users: seeded } = await app.reset("friends");
       const viewer = await operator("viewer");
       await viewer.open("users");
       await expect(viewer.row(seeded[0]?.userId ?? "")).toBeVisible();
       await webhooks.event(({ type }) => type === "user:banned");
       return void [status, code];
     });`,
  );
  const documented = examples();
  expect(documented.length).toBeGreaterThan(3);
  const copies = documented.map((code, index) => {
    const copy = path.join(project, `example-${index}.ts`);
    writeFileSync(copy, code);
    return copy;
  });
  expect(await check([file, ...copies])).toBe("");
  writeFileSync(
    file,
    `import { startTesting } from "im-user-service/testing";
     const testing = await startTesting();
     await testing.api.banUsers({ userIds: ["a"] });
     await testing.users().register("a", { banned: "two hours" });
     await testing.console.call("listUsers", { app: "a" });
     await testing.app.seed("freinds");
     await testing.operator("root");`,
  );
  const wrong = await check();
  for (const line of [3, 4, 5, 6, 7]) expect(wrong).toContain(`typed.ts(${line},`);
});
