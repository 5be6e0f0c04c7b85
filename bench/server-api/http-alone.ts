import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * What Node's HTTP server costs by itself: reads the body as JSON and answers a constant of a small answer's size, without
 * signature, database or log. A service on Node cannot be quicker than this. Tells its parent the port.
 */

const ANSWER = JSON.stringify({ code: 0, result: { userId: "known-12345", name: "Known user" } });

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    JSON.parse(Buffer.concat(chunks).toString());
    response.writeHead(200, ["content-length", String(ANSWER.length), "content-type", "application/json"]).end(ANSWER);
  });
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));
