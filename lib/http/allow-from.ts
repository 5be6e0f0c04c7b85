import type { IncomingMessage } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Logger } from "pino";
import { isWithin, type Network, readNetwork } from "../networks";
import { clientAddressOf, type TrustProxy } from "./client-address";
import { type HttpRefusal, isHealth } from "./request-rules";

interface AllowFromOptions {
  /** The networks as they are written, none: any; asked at most every two seconds. */
  readonly read: () => Promise<readonly string[]>;
  readonly trustProxy: TrustProxy;
  readonly log: Pick<Logger, "warn">;
  /** Unix milliseconds; for tests. */
  readonly now?: () => number;
}

const KEPT_MS = 2_000;
const WAIT_MS = 250;
const TELL_EVERY_MS = 60_000;

/** The signed Server API proves each call by itself, wherever it comes from. */
const SIGNED = /^\/v4(\/|\?|$)/;
const LOOPBACK: readonly Network[] = [readNetwork("127.0.0.0/8"), readNetwork("::1")].filter((one) => one !== null);

/**
 * Gives the check of where a request comes from, by the one rule of the client's address: a refusal, or null. Health is open to this
 * machine too. While the networks cannot be read the last ones hold; before the first reading nobody is let in.
 */
export function allowFrom({ read, trustProxy, log, now = Date.now }: AllowFromOptions) {
  let networks: readonly Network[] | null = null;
  let readAt = 0;
  let reading: Promise<void> | null = null;
  let refused = 0;
  let toldAt = 0;

  const refresh = async () => {
    try {
      const texts = await read();
      networks = texts.map(readNetwork).filter((one) => one !== null);
    } catch (error) {
      log.warn({ err: error }, "console: the networks it is open to cannot be read");
    }
    readAt = now();
  };

  const tell = (address: string) => {
    refused += 1;
    if (now() - toldAt < TELL_EVERY_MS) return;
    log.warn({ address, refused }, "console: refused requests from addresses that it is not open to");
    toldAt = now();
    refused = 0;
  };

  return async (request: IncomingMessage): Promise<HttpRefusal | null> => {
    const { url = "/" } = request;
    if (SIGNED.test(url)) return null;
    const address = clientAddressOf(request, trustProxy);
    if (isHealth(url) && isWithin(address, LOOPBACK)) return null;
    if (networks === null || now() - readAt >= KEPT_MS) {
      // One question for all who wait.
      reading ??= refresh().finally(() => {
        reading = null;
      });
      // A database that is silent holds nobody up once the networks are known.
      await (networks === null ? reading : Promise.race([reading, pause(WAIT_MS, undefined, { ref: false })]));
    }
    if (networks === null) return NOT_KNOWN;
    if (networks.length === 0 || isWithin(address, networks)) return null;
    tell(address);
    return { status: 403, text: `This console is not open to your address${address === "" ? "" : ` (${address})`}.` };
  };
}

const NOT_KNOWN: HttpRefusal = { status: 503, text: "Whether this console is open to your address is not known yet." };
