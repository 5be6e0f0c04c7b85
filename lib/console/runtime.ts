import type { Context } from "@/lib/core/context";
import { env } from "@/lib/env";
import { createRuntime, type Runtime } from "@/lib/runtime";

// On globalThis, since Next loads this module once per bundle (and again after each edit in development).
const holder = globalThis as typeof globalThis & { imConsoleRuntime?: Promise<Runtime> };

/** The console process's one context, made on first use; a failed start is tried again by the next request. */
export function consoleRuntime(): Promise<Runtime> {
  holder.imConsoleRuntime ??= createRuntime("console", env(), { shows: true }).catch((error: unknown) => {
    delete holder.imConsoleRuntime;
    throw error;
  });
  return holder.imConsoleRuntime;
}

export async function consoleContext(): Promise<Context> {
  return (await consoleRuntime()).context;
}
