import { randomBytes } from "node:crypto";
import { createServer } from "node:net";
import { EmbeddedPostgresError } from "./account";

/** True when nothing listens on this port of this machine. */
export async function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
}

/** A free port below the range that outgoing connections use, so that it is likely still free at the next start. */
export async function chooseFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = 20_000 + (randomBytes(2).readUInt16BE() % 12_000);
    if (await portIsFree(port)) return port;
  }
  throw new EmbeddedPostgresError("No free port was found for the embedded database.");
}
