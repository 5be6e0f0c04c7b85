import { createServer, type ListenOptions } from "node:net";
import type { Env } from "@/lib/env";
import { Failure } from "../installation/failure";

/** Throws `Failure` unless the ports of the console, the service and the metrics are free and ours to take. */
export async function checkPorts(settings: Env): Promise<void> {
  const { CONSOLE_PORT, SERVICE_PORT, METRICS_ADDRESS } = settings;
  if (CONSOLE_PORT === SERVICE_PORT) {
    throw new Failure(`CONSOLE_PORT and SERVICE_PORT are both ${CONSOLE_PORT}. Give them different ports.`);
  }
  await checkPort("CONSOLE_PORT", CONSOLE_PORT);
  await checkPort("SERVICE_PORT", SERVICE_PORT);
  await checkHost("CONSOLE_HOST", settings.CONSOLE_HOST, CONSOLE_PORT);
  await checkHost("SERVICE_HOST", settings.SERVICE_HOST, SERVICE_PORT);
  // Unset, the service does without when the default address is taken.
  if (METRICS_ADDRESS === undefined || METRICS_ADDRESS === "off") return;
  const { host, port } = METRICS_ADDRESS;
  const ours = port === CONSOLE_PORT ? "CONSOLE_PORT" : port === SERVICE_PORT ? "SERVICE_PORT" : undefined;
  const code = ours === undefined ? await listenError({ host, port }) : `it is ${ours}`;
  if (code === null) return;
  const reason = code === "EADDRINUSE" ? "another program has taken it" : code;
  throw new Failure(
    `METRICS_ADDRESS ${host}:${port} cannot be listened on (${reason}). Set it to a free one, or to off.`,
  );
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

async function checkHost(variable: string, host: string, port: number): Promise<void> {
  const code = await listenError({ host, port });
  if (code === null) return;
  throw new Failure(
    `${variable} ${host} cannot be listened on (${code}). Set it to an address of this machine, or to 0.0.0.0 for all of them.`,
  );
}

/** The error code of listening on a port of all addresses; null when it works. */
export async function bindError(port: number): Promise<string | null> {
  // Programs may hold the port on one kind of address alone.
  for (const host of ["::", "0.0.0.0", "127.0.0.1"]) {
    const code = await listenError({ port, host, ipv6Only: host === "::" });
    // A machine without IPv6.
    if (code === "EAFNOSUPPORT" || code === "EADDRNOTAVAIL") continue;
    if (code !== null) return code;
  }
  return null;
}

function listenError(address: ListenOptions): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(address, () => probe.close(() => resolve(null)));
  });
}
