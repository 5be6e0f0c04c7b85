import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { installation } from "./fixtures/installation";
import { expect, test } from "./fixtures/test";

const document = fileURLToPath(new URL("../docs/testing-the-console.md", import.meta.url));
const playwright = fileURLToPath(new URL("../node_modules/@playwright/test/cli.js", import.meta.url));

test("the complete spec of the documentation works as it is printed there", async ({ app, signedInAs }, info) => {
  const { operator } = await signedInAs("admin");
  const spec = /```ts\n(\/\/ ban\.spec\.ts\n[\s\S]*?)```/.exec(await readFile(document, "utf8"))?.[1];
  expect(spec, "the documentation has a complete spec").toBeDefined();
  const { executablePath, args } = info.project.use.launchOptions ?? {};
  await writeFile(info.outputPath("ban.spec.ts"), spec ?? "");
  await writeFile(
    info.outputPath("playwright.config.ts"),
    `export default ${JSON.stringify({ testDir: ".", outputDir: "results", reporter: "line", use: { launchOptions: { executablePath, args } } })};`,
  );

  const outcome = await new Promise<{ failed: boolean; output: string }>((resolve) => {
    execFile(
      process.execPath,
      [playwright, "test", "--config", info.outputPath("playwright.config.ts")],
      {
        cwd: info.outputPath(),
        env: {
          NODE_ENV: "test",
          PATH: process.env.PATH,
          HOME: process.env.HOME,
          CONSOLE_URL: installation.consoleUrl,
          API_URL: installation.apiUrl,
          APP_ID: app.id,
          APP_KEY: app.development.appKey,
          APP_SECRET: app.development.appSecret,
          OPERATOR_EMAIL: operator.email,
          OPERATOR_PASSWORD: operator.password,
        },
      },
      (error, stdout, stderr) => resolve({ failed: error !== null, output: stdout + stderr }),
    );
  });
  expect(outcome.failed, outcome.output).toBe(false);
  expect(outcome.output).toContain("1 passed");
});
