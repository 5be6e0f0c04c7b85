import { createServer, type IncomingMessage } from "node:http";
import next from "next";
import type { Logger } from "pino";
import { consoleRuntime } from "@/lib/console/runtime";
import { WrongMasterKey } from "@/lib/core/master-key/retired-key-store";
import { findConsoleNetworks } from "@/lib/core/operators/console-networks-store";
import { noteAtConsole } from "@/lib/core/security-events/note-event";
import { MigrationError } from "@/lib/db/migrate";
import { type Env, env } from "@/lib/env";
import { allowFrom } from "@/lib/http/allow-from";
import { browserPolicy, forgetting, NONCE_HEADER, newNonce } from "@/lib/http/browser-policy";
import { setForwarded } from "@/lib/http/forwarded";
import { closeGracefully, createHttpServer, NO_SNIFF, refuse } from "@/lib/http/http-server";
import { knownHosts } from "@/lib/http/known-hosts";
import { comesFromOtherSite } from "@/lib/http/other-site";
import { strictTransport } from "@/lib/http/strict-transport";
import { createLog } from "@/lib/log";
import { takeBuiltConfig } from "./built-config";
import { reachableHost } from "./launcher/addresses";

/** The console: Next behind the product's own HTTP server, until it is told to stop; then it ends with code 0. */

/** A file that is imported has at most 5 MB, and may come over a slow line. */
const REQUEST_MS = 120_000;
const STOP_GRACE_MS = 8_000;

const OTHER_SITE = { status: 403, text: "A page of another site sent this request." };

/** The networks that the console is open to: those of the environment, or those that are stored. */
const networksOf = async ({ CONSOLE_ALLOW_FROM: set }: Env): Promise<readonly string[]> =>
  set ?? findConsoleNetworks((await consoleRuntime()).context.db.prisma);

/** Ends a console that must not use this database. One whose database is away waits for it, as it does later. */
async function refuseUnfit(log: Logger): Promise<void> {
  try {
    await consoleRuntime();
  } catch (error) {
    if (error instanceof MigrationError || error instanceof WrongMasterKey) {
      console.error(error.message);
      process.exit(1);
    }
    log.warn({ err: error }, "the database does not answer yet");
  }
}

async function main(): Promise<void> {
  const settings = env();
  const { CONSOLE_HOST: host, CONSOLE_PORT: port, PUBLIC_CONSOLE_URL: publicUrl } = settings;
  const dev = settings.NODE_ENV === "development";
  const log = createLog({ level: settings.LOG_LEVEL, process: "console" });
  if (!dev) takeBuiltConfig(publicUrl);
  // Where Next asks for a page that a server action leads to.
  process.env.__NEXT_PRIVATE_ORIGIN = `http://${reachableHost(host)}:${port}`;

  // Next listens for upgrades of a server that it is given; ours looks at each of them first.
  const upgrades = createServer();
  const app = next({ dev, dir: process.cwd(), port, httpServer: upgrades });
  const answer = app.getRequestHandler();
  const prepared = app.prepare();
  const { headers, policyOf } = browserPolicy({ apiUrl: settings.PUBLIC_API_URL, dev });

  const closedTo = allowFrom({ read: () => networksOf(settings), trustProxy: settings.TRUST_PROXY, log });

  const server = createHttpServer({
    hosts: knownHosts([publicUrl, settings.PUBLIC_API_URL], settings.ALLOWED_HOSTS),
    requestMs: REQUEST_MS,
    name: "console",
    log,
    headers: strictTransport(publicUrl, { subdomains: settings.HSTS_SUBDOMAINS }),
    async handle(request, response) {
      response.setHeader(...NO_SNIFF);
      const closed = await closedTo(request);
      if (closed !== null) return refuse(response, closed);
      for (const [header, value] of headers) response.setHeader(header, value);
      const forget = forgetting(request.url ?? "");
      if (forget !== null) response.setHeader(...forget);
      setForwarded(request, { trustProxy: settings.TRUST_PROXY, publicUrl });
      if (comesFromOtherSite(request, publicUrl)) {
        const from = String(request.headers["x-forwarded-for"]);
        consoleRuntime().then(
          ({ context }) => noteAtConsole(context, "security.cross_site_refused", from),
          (error: unknown) => log.error({ err: error }, "a refused request of another site was not recorded"),
        );
        return refuse(response, OTHER_SITE);
      }
      const nonce = newNonce();
      const policy = policyOf(request.url ?? "", nonce);
      response.setHeader("Content-Security-Policy", policy);
      // Where Next looks for the nonce of its own scripts, and our layout for that of its one.
      request.headers["content-security-policy"] = policy;
      request.headers[NONCE_HEADER] = nonce;
      await prepared;
      await answer(request, response);
    },
    // Pages reload over it in development; nothing else of the console is a WebSocket.
    ...(dev ? { upgrade: (request: IncomingMessage, ...rest) => void upgrades.emit("upgrade", request, ...rest) } : {}),
  });

  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await closeGracefully(server, dev ? 0 : STOP_GRACE_MS);
    await app.close();
    process.exit(0);
  };
  const fail = (error: unknown) => {
    console.error(error);
    process.exit(1);
  };
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => void stop().catch(fail));

  server.on("error", fail);
  server.listen(port, host);
  await refuseUnfit(log);
  await prepared;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
