import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { createOutbound } from "./create-outbound";
import { checkedAddresses, publicResolver } from "./resolve";

const open: Socket[] = [];
afterEach(() => {
  for (const socket of open.splice(0)) socket.close();
});

const A = 1;
const AAAA = 28;
const NO_SUCH_NAME = 3;

/** A name server on this machine. `answers` gives the bytes of each address; undefined: it never says a word. */
async function nameServer(answers: (name: string, type: number) => Buffer[] | undefined): Promise<string> {
  const socket = createSocket("udp4");
  socket.on("message", (query, { port, address }) => {
    let end = 12;
    const labels: string[] = [];
    while (query[end] !== 0) {
      const length = query[end] ?? 0;
      labels.push(query.toString("latin1", end + 1, end + 1 + length));
      end += length + 1;
    }
    const type = query.readUInt16BE(end + 1);
    const found = answers(labels.join("."), type);
    if (found === undefined) return;
    const header = Buffer.from(query.subarray(0, 12));
    header.writeUInt16BE(0x8180 | (found.length === 0 ? NO_SUCH_NAME : 0), 2);
    header.writeUInt16BE(found.length, 6);
    header.writeUInt32BE(0, 8);
    const records = found.map((data) => {
      const record = Buffer.alloc(12);
      record.writeUInt16BE(0xc00c, 0);
      record.writeUInt16BE(type, 2);
      record.writeUInt16BE(1, 4);
      record.writeUInt32BE(60, 6);
      record.writeUInt16BE(data.length, 10);
      return Buffer.concat([record, data]);
    });
    socket.send(Buffer.concat([header, query.subarray(12, end + 5), ...records]), port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  open.push(socket);
  return `127.0.0.1:${socket.address().port}`;
}

const never = () => new AbortController().signal;

test("a public name gives its addresses of both families, and one without gives none", async () => {
  const server = await nameServer((name, type) => {
    if (name !== "hooks.example") return [];
    return type === A ? [Buffer.from([93, 184, 216, 34])] : [Buffer.from("26064700000000000000000000001111", "hex")];
  });
  const resolve = publicResolver([server]);
  expect((await resolve("hooks.example", never())).sort()).toEqual(["2606:4700::1111", "93.184.216.34"]);
  const rules = { resolve, allowPrivate: false };
  await expect(checkedAddresses(new URL("https://nobody.example/"), rules, never())).rejects.toMatchObject({
    kind: "name",
  });
});

test("a private address of the second family refuses the name as well", async () => {
  const server = await nameServer((_name, type) =>
    type === AAAA ? [Buffer.from("fd000000000000000000000000000001", "hex")] : [Buffer.from([93, 184, 216, 34])],
  );
  const outbound = createOutbound({ allowPrivate: false, resolve: publicResolver([server]) });
  await expect(outbound.check(new URL("https://mixed.example/"))).rejects.toMatchObject({ kind: "address" });
});

test("localhost is refused whatever a name server says", async () => {
  const server = await nameServer(() => [Buffer.from([93, 184, 216, 34])]);
  const outbound = createOutbound({ allowPrivate: false, resolve: publicResolver([server]) });
  for (const host of ["localhost:3000", "LOCALHOST.", "db.localhost"]) {
    await expect(outbound.check(new URL(`http://${host}/`)), host).rejects.toMatchObject({ kind: "address" });
  }
});

test("a name server that never answers costs the time that was given, and no other look-up waits for it", async () => {
  const silent = publicResolver([await nameServer(() => undefined)]);
  const working = publicResolver([await nameServer((_name, type) => (type === A ? [Buffer.from([1, 1, 1, 1])] : []))]);
  const post = { headers: {}, body: "", timeoutMs: 300 };
  const started = performance.now();
  const hanging = Array.from({ length: 50 }, (_, n) =>
    createOutbound({ allowPrivate: false, resolve: silent })
      .post({ ...post, url: new URL(`https://slow-${n}.example/`) })
      .catch((error: unknown) => error),
  );
  expect(await working("quick.example", never())).toEqual(["1.1.1.1"]);
  expect(performance.now() - started).toBeLessThan(280);
  for (const error of await Promise.all(hanging)) expect(error).toMatchObject({ kind: "timeout" });
});
