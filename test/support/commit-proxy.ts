import { once } from "node:events";
import net from "node:net";

const COMMIT = Buffer.from("COMMIT\0");

/** A way to PostgreSQL on which the answer to a COMMIT, or the COMMIT itself, can be lost together with the connection. */
export interface CommitProxy {
  readonly port: number;
  /** "answer": the next COMMIT is carried out and its answer lost. "commit": it never arrives. Counts down one COMMIT. */
  lose(what: "answer" | "commit"): void;
  close(): Promise<void>;
}

export async function commitProxy(host: string, port: number): Promise<CommitProxy> {
  let armed: "answer" | "commit" | null = null;
  const sockets = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const upstream = net.connect(port, host);
    const end = () => {
      client.destroy();
      upstream.destroy();
    };
    let losing = false;
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on("error", end);
      socket.on("close", () => {
        sockets.delete(socket);
        end();
      });
    }
    client.on("data", (data) => {
      const losesNow = armed !== null && data.includes(COMMIT);
      if (losesNow && armed === "commit") {
        armed = null;
        return end();
      }
      if (losesNow) {
        armed = null;
        losing = true;
      }
      upstream.write(data);
    });
    upstream.on("data", (data) => {
      if (losing) end();
      else client.write(data);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as net.AddressInfo).port,
    lose(what) {
      armed = what;
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, "close");
    },
  };
}
