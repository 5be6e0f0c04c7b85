import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@/lib/core/errors";
import type { ApiAnswer, ApiCall } from "./call";

/** A request of Node's HTTP server as a call; about twice as quick as by way of a Request (docs/decisions). */
export function nodeCall(request: IncomingMessage): ApiCall {
  return new NodeCall(request);
}

class NodeCall implements ApiCall {
  readonly method: string;
  readonly path: string;

  constructor(private readonly request: IncomingMessage) {
    const url = request.url ?? "/";
    const query = url.indexOf("?");
    this.method = request.method ?? "GET";
    this.path = query === -1 ? url : url.slice(0, query);
  }

  get ip(): string {
    return this.request.socket.remoteAddress ?? "";
  }

  header(name: string): string | null {
    const value = this.request.headers[name];
    if (typeof value === "string") return value;
    return value === undefined ? null : value.join(", ");
  }

  readBody(limit: number): Promise<Uint8Array | null> {
    return readCapped(this.request, limit);
  }
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
  const headers = ["content-length", String(Buffer.byteLength(answer.body))];
  for (const name in answer.headers) headers.push(name, answer.headers[name] ?? "");
  response.writeHead(answer.status, headers).end(answer.body);
}
