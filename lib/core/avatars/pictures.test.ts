import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { createOutbound } from "@/lib/outbound/create-outbound";
import { pictureType } from "./picture-type";
import { createPictures } from "./pictures";

const PNG = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(100)]);
const SVG = `<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`;

const ends: Array<() => void> = [];
afterEach(() => {
  for (const end of ends.splice(0)) end();
});

/** A host of pictures; counts how often it was asked. */
async function host(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const outbound = createOutbound({ allowPrivate: true });
  ends.push(() => {
    outbound.close();
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/a.png`, outbound, asked: () => asked };
}

const sends =
  (body: string | Buffer, type: string, status = 200) =>
  (_: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { "Content-Type": type }).end(body);
  };

test.each([
  ["image/png", PNG],
  ["image/jpeg", Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ["image/gif", Buffer.from("GIF89a")],
  ["image/webp", Buffer.from("RIFF\n\0\r\0WEBPVP8 ")],
  ["image/avif", Buffer.from("\0\0\0\u001cftypavif")],
  [null, Buffer.from(SVG)],
  [null, Buffer.from("<!doctype html>")],
  [null, Buffer.alloc(0)],
])("bytes say that they are %s", (type, bytes) => {
  expect(pictureType(bytes)).toBe(type);
});

describe("the picture at an address", () => {
  test("has the type of its bytes, whatever the host calls it, and is fetched once for everybody", async () => {
    const { url, outbound, asked } = await host(sends(PNG, "text/html"));
    const picture = createPictures(outbound);
    const [one, two] = await Promise.all([picture(url), picture(url)]);
    expect(one).toEqual({ type: "image/png", bytes: PNG });
    expect(two).toEqual(one);
    await picture(url);
    expect(asked()).toBe(1);
  });

  test.each([
    ["an SVG, which can carry script", sends(SVG, "image/svg+xml")],
    ["a page", sends("<!doctype html><script>1</script>", "image/png")],
    ["a picture of over 1 MB", sends(Buffer.concat([PNG, Buffer.alloc(1024 * 1024)]), "image/png")],
    ["an error with a picture", sends(PNG, "image/png", 500)],
    [
      "a picture that breaks off",
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { "Content-Length": "1000" });
        response.write(PNG, () => response.destroy());
      },
    ],
    [
      "a circle of redirects",
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(302, { Location: "/a.png" }).end();
      },
    ],
    [
      "a redirect to a file",
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(302, { Location: "file:///etc/passwd" }).end();
      },
    ],
  ] as const)("%s is none, and the host is not asked again at once", async (_what, answer) => {
    const { url, outbound, asked } = await host(answer);
    let at = 0;
    const picture = createPictures(outbound, () => at);
    expect(await picture(url)).toBeNull();
    const before = asked();
    expect(await picture(url)).toBeNull();
    expect(asked()).toBe(before);
    at = 60_000;
    await picture(url);
    expect(asked()).toBeGreaterThan(before);
  });

  test("is found behind a redirect, whose address is checked like the first", async () => {
    const open = await host((request, response) => {
      if (request.url === "/a.png") response.writeHead(302, { Location: "/b.png" }).end();
      else sends(PNG, "image/png")(request, response);
    });
    expect(await createPictures(open.outbound)(open.url)).toMatchObject({ type: "image/png" });
    const closed = createOutbound({ allowPrivate: false });
    ends.push(() => closed.close());
    expect(await createPictures(closed)(open.url)).toBeNull();
    expect(open.asked()).toBe(2);
  });

  test("no more than eight hosts are asked at once", async () => {
    let open = 0;
    let most = 0;
    const { url, outbound } = await host((request, response) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        sends(PNG, "image/png")(request, response);
      }, 20);
    });
    const picture = createPictures(outbound);
    const got = await Promise.all(Array.from({ length: 40 }, (_, n) => picture(`${url}?${n}`)));
    expect(got.every((one) => one?.type === "image/png")).toBe(true);
    expect(most).toBe(8);
  });
});
