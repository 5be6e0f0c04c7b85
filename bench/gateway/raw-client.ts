import { connect, type Socket } from "node:net";

/**
 * A client as cheap as can be, so that a benchmark measures the server: one TCP socket, one masked frame out, unmasked
 * frames in, and no more of the WebSocket protocol than that needs.
 */
export interface RawClient {
  readonly socket: Socket;
  /** The answer to `connect`. */
  readonly answer: { readonly result?: { readonly userId: string }; readonly error?: { readonly code: number } };
  /** When the server's close frame came, on `performance.now()`, and with which client code. */
  readonly closed: Promise<{ readonly at: number; readonly code: string }>;
  /** Called with each text frame that comes after the answer; nothing until it is set. */
  onText: (payload: Buffer) => void;
}

const UPGRADE =
  "GET /im HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/** A text frame under a mask of zeros, which leaves the text as it is. */
export function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const head = Buffer.alloc(payload.length < 126 ? 6 : 8);
  head[0] = 0x81;
  head[1] = 0x80 | Math.min(payload.length, 126);
  if (payload.length >= 126) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

/** The frames in `bytes` and what is left of an unfinished one. */
function readFrames(bytes: Buffer): { frames: { opcode: number; payload: Buffer }[]; rest: Buffer } {
  const frames = [];
  let at = 0;
  while (bytes.length - at >= 2) {
    const short = (bytes[at + 1] ?? 0) & 0x7f;
    const headLength = short < 126 ? 2 : 4;
    if (bytes.length - at < headLength) break;
    const length = short < 126 ? short : bytes.readUInt16BE(at + 2);
    if (bytes.length - at < headLength + length) break;
    frames.push({
      opcode: (bytes[at] ?? 0) & 0x0f,
      payload: bytes.subarray(at + headLength, at + headLength + length),
    });
    at += headLength + length;
  }
  return { frames, rest: bytes.subarray(at) };
}

/** One buffer for all that is read by all clients: the driver shares the processors with what it measures. */
const received = Buffer.allocUnsafe(64 * 1024);

const PONG = Buffer.from([0x8a, 0x80, 0, 0, 0, 0]);

/** Opens a socket and connects; resolves with the answer. Rejects when the socket ends before. */
export function connectRaw(port: number, appKey: string, token: string): Promise<RawClient> {
  return new Promise((resolve, reject) => {
    let tellClosed: (close: { at: number; code: string }) => void = () => {};
    const closed = new Promise<{ at: number; code: string }>((tell) => {
      tellClosed = tell;
    });
    let client: RawClient | undefined;
    let upgraded = false;
    let waiting: Buffer = Buffer.alloc(0);
    const take = (bytes: number): boolean => {
      const chunk = received.subarray(0, bytes);
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      if (!upgraded) {
        const end = waiting.indexOf("\r\n\r\n");
        if (end === -1) {
          waiting = Buffer.from(waiting);
          return true;
        }
        if (!waiting.toString("latin1", 0, 12).endsWith("101")) {
          reject(new Error(`the upgrade was refused: ${waiting.toString()}`));
          return false;
        }
        upgraded = true;
        waiting = waiting.subarray(end + 4);
        const params = { protocol: 1, maxProtocol: 2, appKey, token, platform: "Web", sdk: "bench/1" };
        socket.write(maskedFrame(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "connect", params })));
      }
      const { frames, rest } = readFrames(waiting);
      // The next bytes overwrite what is not copied.
      waiting = rest.length === 0 ? rest : Buffer.from(rest);
      for (const { opcode, payload } of frames) {
        if (opcode === 9) socket.write(PONG);
        else if (opcode === 8) tellClosed({ at: performance.now(), code: payload.toString("utf8", 2) });
        else if (client !== undefined) client.onText(payload);
        else {
          const frame = JSON.parse(payload.toString()) as RawClient["answer"] & { id?: number };
          if (frame.id !== 1) continue;
          client = { socket, answer: frame, closed, onText: () => {} };
          resolve(client);
        }
      }
      return true;
    };
    const socket = connect({ port, host: "127.0.0.1", noDelay: true, onread: { buffer: received, callback: take } });
    socket.on("error", reject);
    socket.on("close", () => reject(new Error("the socket was closed")));
    socket.once("connect", () => socket.write(UPGRADE));
  });
}
