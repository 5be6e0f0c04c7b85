import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll } from "vitest";
import { buildService } from "@/server/launcher/build-service";
import { openSocket, type Reply } from "./client-socket";
import { TEST_MASTER_KEY } from "./context";
import { freePort } from "./free-port";

/** A service process of a test's own, killed after it. */
export interface ServiceProcess {
  readonly child: ChildProcess;
  readonly apiUrl: string;
  readonly socketUrl: string;
}

/** Builds the service for the tests of a file, as `npm start` does. Returns a function that gives the file that Node runs. */
export function serviceBundle(): () => string {
  let bundle = "";
  beforeAll(async () => {
    bundle = await buildService(mkdtempSync(path.join("node_modules", ".test-service-")));
  });
  afterAll(() => {
    if (bundle !== "") rmSync(path.dirname(path.dirname(bundle)), { recursive: true, force: true });
  });
  return () => bundle;
}

/**
 * Builds the service once for the tests of a file. The function it gives starts one process of it and resolves when it
 * is ready; `environment` is added to its settings.
 */
export function serviceProcesses(): (environment: Record<string, string>) => Promise<ServiceProcess> {
  const bundle = serviceBundle();
  const started: ChildProcess[] = [];
  afterAll(async () => {
    for (const child of started) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    }
  });
  return async (environment) => {
    const port = await freePort();
    const child = spawn(process.execPath, [bundle()], {
      env: {
        ...process.env,
        NODE_ENV: "production",
        MASTER_KEY: TEST_MASTER_KEY,
        SERVICE_PORT: String(port),
        SERVICE_WORKERS: "1",
        METRICS_ADDRESS: "off",
        LOG_LEVEL: "fatal",
        ...environment,
      },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    started.push(child);
    await Promise.race([
      once(child, "message"),
      once(child, "exit").then(([code]) => Promise.reject(new Error(`the service ended with ${code}`))),
    ]);
    return { child, apiUrl: `http://127.0.0.1:${port}`, socketUrl: `ws://127.0.0.1:${port}/im` };
  };
}

/** Connects once; gives the reply, and the socket while it was accepted. */
export async function connectOnce(url: string, params: { appKey: string; token: string }) {
  const client = await openSocket(url);
  const reply: Reply = await client.connect(params);
  if (reply.error !== undefined) client.close();
  return { client, code: reply.error?.code ?? 0 };
}
