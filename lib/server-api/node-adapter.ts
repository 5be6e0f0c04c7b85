import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/core/errors";
import type { ApiAnswer, ApiCall } from "./call";

/** A request of Node's HTTP server as a call; about twice as quick as by way of a Request (docs/decisions). */
export function nodeCall(request: IncomingMessage): ApiCall {
  const url = request.url ?? "/";
  const query = url.indexOf("?");
  return {
    method: request.method ?? "GET",
    path: query === -1 ? url : url.slice(0, query),
    header(name) {
      const value = request.headers[name];
      return value === undefined ? null : typeof value === "string" ? value : value.join(", ");
    },
    readBody: (limit) => readCapped(request, limit),
    ip: request.socket.remoteAddress ?? "",
  };
}

function readCapped(request: IncomingMessage, limit: number): Promise<Uint8Array | null> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.pause();
        request.removeAllListeners("data");
        resolve(null);
      } else {
        chunks.push(chunk);
      }
    });
    request.on("end", () =>
      resolve(chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks)),
    );
    const endedEarly = (cause?: Error) =>
      reject(new AppError("body_not_json", { message: "The request body ended early.", cause }));
    request.on("error", endedEarly);
    request.on("aborted", () => endedEarly());
  });
}

export function sendAnswer(response: ServerResponse, answer: ApiAnswer): void {
  if (response.destroyed) return;
  response.writeHead(answer.status, { ...answer.headers, "content-length": Buffer.byteLength(answer.body) });
  response.end(answer.body);
}
