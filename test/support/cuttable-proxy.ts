import type { AddressInfo } from "node:net";
import { connect, createServer, type Socket } from "node:net";

/** A TCP connection on the way to a server, which a test cuts and mends: what a lost network looks like. */
export interface CuttableProxy {
  readonly port: number;
  /** Breaks every connection and takes no more. */
  cut(): void;
  /** Keeps connections open and lets nothing through any more; new ones are taken and stay silent. */
  freeze(): void;
  /** Keeps the connections that there are open and lets nothing through them any more; new ones are served. */
  replace(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function cuttableProxy(host: string, port: number): Promise<CuttableProxy> {
  const pairs = new Set<[Socket, Socket]>();
  let state: "open" | "cut" | "frozen" = "open";
  const server = createServer((near) => {
    if (state === "cut") {
      near.destroy();
      return;
    }
    const far = connect(port, host);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of pair) socket.on("close", end).on("error", end);
    if (state === "open") near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const destroyAll = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  const freezeAll = () => {
    for (const [near, far] of pairs) {
      near.unpipe(far);
      far.unpipe(near);
      near.resume();
      far.resume();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      state = "cut";
      destroyAll();
    },
    freeze() {
      state = "frozen";
      freezeAll();
    },
    replace: freezeAll,
    mend() {
      if (state === "frozen") destroyAll();
      state = "open";
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        destroyAll();
      }),
  };
}
