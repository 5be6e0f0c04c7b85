import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { signedClient } from "./signed-client";

/** What tests do with a whole installation from outside, however it was installed: over HTTP and by its command line. */

export const OWNER = { email: "ana@example.com", password: "quartz-lantern-82-orchid" };

/** A program that runs until it is stopped, and what it has written so far. */
export interface Program {
  readonly child: ChildProcess;
  said(): string;
  /** Sends SIGTERM; gives the exit code. */
  stop(): Promise<number | null>;
}

export interface ProgramOptions {
  readonly env: Record<string, string>;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
}

export function startInstalled(file: string, args: readonly string[], options: ProgramOptions): Program {
  const env = options.env as NodeJS.ProcessEnv;
  const child = spawn(file, args, { ...options, env, stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      text += chunk;
    });
  return {
    child,
    said: () => text,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      const [code] = (await ended) as [number | null];
      return code;
    },
  };
}

/** Runs a program to its end. */
export async function runInstalled(
  file: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<{ code: number | null; said: string }> {
  const program = startInstalled(file, args, options);
  const [code] = (await once(program.child, "close")) as [number | null];
  return { code, said: program.said() };
}

/** Waits until `address` answers 200; throws with what `program` wrote when that does not come about. */
export async function untilReady(address: string, program: Program, withinMs: number): Promise<void> {
  for (const deadline = Date.now() + withinMs; ; await pause(50)) {
    const status = await fetch(address).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 200) return;
    if (program.child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`${address} is not ready (${status}):\n${program.said()}`);
    }
  }
}

/** Signs the owner in as the sign-in page does, and gives the page that they come to. */
export async function signIn(consoleUrl: string): Promise<{ status: number; page: string }> {
  const jar = new Map<string, string>();
  const ask = async (path: string, init: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(consoleUrl + path, {
      redirect: "manual",
      ...init,
      headers: { ...init.headers, cookie },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name !== undefined && value !== undefined) jar.set(name, value);
    }
    return response;
  };
  const { csrfToken } = (await (await ask("/api/auth/csrf")).json()) as { csrfToken: string };
  const answer = await ask("/api/auth/callback/credentials", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: consoleUrl },
    body: new URLSearchParams({ ...OWNER, csrfToken, json: "true" }),
  });
  expect(answer.status, await answer.text()).toBe(200);
  const apps = await ask("/apps");
  return { status: apps.status, page: await apps.text() };
}

/** Registers a user, bans them, and looks them up in the list of bans, as an app server does. */
export async function registerAndBan(
  apiUrl: string,
  keys: { appKey: string; appSecret: string },
  userId: string,
): Promise<void> {
  const client = signedClient({ baseUrl: apiUrl, ...keys });
  const registered = await client.send("/v4/auth/access-token/issue", { userId, name: "Ben" });
  expect(registered.body).toMatchObject({ code: 0, result: { userId } });
  expect((await client.send("/v4/user/ban", { userIds: [userId], durationMinutes: 60 })).body).toMatchObject({
    code: 0,
  });
  await expectBanned(apiUrl, keys, userId);
}

export async function expectBanned(
  apiUrl: string,
  keys: { appKey: string; appSecret: string },
  userId: string,
): Promise<void> {
  const list = await signedClient({ baseUrl: apiUrl, ...keys }).send("/v4/user/ban/list", { page: 1, pageSize: 10 });
  expect(JSON.stringify(list.body)).toContain(userId);
}
