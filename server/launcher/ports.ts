import { createServer } from "node:net";
import type { Env } from "@/lib/env";
import { Failure } from "../installation/failure";

/** Throws `Failure` unless both ports are free and ours to take. */
export async function checkPorts(settings: Env): Promise<void> {
  if (settings.CONSOLE_PORT === settings.SERVICE_PORT) {
    throw new Failure(`CONSOLE_PORT and SERVICE_PORT are both ${settings.CONSOLE_PORT}. Give them different ports.`);
  }
  await checkPort("CONSOLE_PORT", settings.CONSOLE_PORT);
  await checkPort("SERVICE_PORT", settings.SERVICE_PORT);
}

async function checkPort(variable: string, port: number): Promise<void> {
  const code = await bindError(port);
  if (code === null) return;
  if (code === "EADDRINUSE") {
    throw new Failure(
      `Port ${port} is taken by another program (perhaps by this product, started elsewhere). Stop it, or choose another port with ${variable}.`,
    );
  }
  if (code === "EACCES") {
    throw new Failure(`This account may not use port ${port}. Choose one above 1023 with ${variable}.`);
  }
  throw new Failure(`Port ${port} cannot be used (${code}). Choose another with ${variable}.`);
}

/** The error code of listening on a port of all addresses; null when it works. */
export async function bindError(port: number): Promise<string | null> {
  // Programs may hold the port on one kind of address alone.
  for (const host of ["::", "0.0.0.0", "127.0.0.1"]) {
    const code = await new Promise<string | null>((resolve) => {
      const probe = createServer();
      probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      probe.listen({ port, host, ipv6Only: host === "::" }, () => probe.close(() => resolve(null)));
    });
    // A machine without IPv6.
    if (code === "EAFNOSUPPORT" || code === "EADDRNOTAVAIL") continue;
    if (code !== null) return code;
  }
  return null;
}
