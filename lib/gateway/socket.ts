import type { Duplex } from "node:stream";
import { type RawData, WebSocket } from "ws";
import type { EndCode } from "./counts";
import { type Frame, joined } from "./frames";
import { CLOSINGS, type Closing, closeCodeOf } from "./protocol";

/** What is waiting to be sent to one client, beyond which it reads too slowly. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
/** What is collected for one client, beyond which it is not held back for more. */
const MAX_COLLECTED_BYTES = 64 * 1024;
/** How long a client may take to answer the closing of its connection. */
const CLOSE_WITHIN_MS = 2_000;

/** Sockets for which something was collected in this turn of the event loop. */
let collected: Socket[] = [];

function writeCollected(): void {
  const sockets = collected;
  collected = [];
  for (const socket of sockets) socket.flush();
}

export interface SocketOwner {
  /** One whole text frame. */
  receive(text: string): void;
  /** The frame that tells the client why its socket is closed. */
  lastWords(why: Closing): Frame;
  /** The socket is gone, whoever ended it. Called once. */
  gone(): void;
}

/**
 * One WebSocket, whoever is behind it: counts what is heard, limits what waits to be sent, closes with a code. Once
 * closing it receives and sends nothing more, whatever the other end does.
 *
 * What is sent in one turn of the event loop is one write, since each write is a system call. Frames go past `ws`, which would
 * make two pieces of each; it compresses nothing here and so never holds any back.
 */
export class Socket {
  owner: SocketOwner | undefined;
  /** On the gateway's clock. */
  heardAt: number;
  askedAt = 0;
  /** What it was closed with, once it is. */
  endCode: EndCode = "left";
  /** Whether the client reads several messages from one frame. */
  joins = false;
  readonly #waiting: Frame[] = [];
  #waitingBytes = 0;
  #stalledSince: number | null = null;
  #closingSince: number | null = null;
  #gone = false;

  constructor(
    readonly ws: WebSocket,
    /** What the WebSocket speaks over. */
    private readonly transport: Duplex,
    readonly ip: string,
    /** The client's port; 0 where a proxy hides it. */
    readonly port: number,
    readonly origin: string | null,
    readonly clock: () => number,
    private readonly released: (socket: Socket) => void,
  ) {
    this.heardAt = clock();
    ws.on("message", (data, isBinary) => this.#heard(data, isBinary));
    ws.on("pong", () => {
      this.heardAt = this.clock();
    });
    ws.on("ping", () => {
      this.heardAt = this.clock();
      // Its pong has been queued; who asks on and on and reads nothing must not fill the memory with them.
      if (ws.bufferedAmount > MAX_BUFFERED_BYTES) this.close(CLOSINGS.too_slow, { say: false });
    });
    ws.on("close", () => this.#end());
    // A protocol error (not UTF-8, too large), which ws closes with the standard code by itself, or a broken network.
    ws.on("error", (error: NodeJS.ErrnoException) => {
      if (!this.closing && error.code?.startsWith("WS_ERR_")) this.endCode = CLOSINGS.unreadable.code;
      this.#end();
    });
  }

  get closing(): boolean {
    return this.#gone || this.#closingSince !== null;
  }

  send(frame: Frame): void {
    if (this.closing) return;
    if (this.ws.bufferedAmount > MAX_BUFFERED_BYTES) {
      this.close(CLOSINGS.too_slow, { say: false });
      return;
    }
    this.#waitingBytes += frame.wire.length;
    if (this.#waiting.push(frame) === 1 && collected.push(this) === 1) process.nextTick(writeCollected);
    if (this.#waitingBytes > MAX_COLLECTED_BYTES) this.flush();
  }

  /** Writes what was collected; happens by itself at the end of the turn. */
  flush(): void {
    const frames = this.#waiting.splice(0);
    this.#waitingBytes = 0;
    const [first] = frames;
    // Behind a close frame, also one that answers the client's, nothing may follow.
    if (first === undefined || this.ws.readyState !== WebSocket.OPEN) return;
    if (frames.length === 1) this.transport.write(first.wire);
    else if (this.joins) this.transport.write(joined(frames).wire);
    else this.transport.write(Buffer.concat(frames.map(({ wire }) => wire)));
  }

  /** Tells why, closes with the code, and forgets the other end; gives it two seconds to answer. */
  close(why: Closing, { say = true } = {}): void {
    if (this.closing) return;
    if (say && this.owner !== undefined) this.send(this.owner.lastWords(why));
    this.closeWith(why.code);
  }

  /** Closes with a client code and without a word of its own; `closeCode` is the WebSocket's. */
  closeWith(code: number, closeCode = closeCodeOf(code)): void {
    if (this.closing) return;
    this.flush();
    this.endCode = code;
    this.#closingSince = this.clock();
    this.ws.close(closeCode, String(code));
    // A client that does not read would not see the closing either, and what waits for it is memory.
    if (this.ws.bufferedAmount > MAX_BUFFERED_BYTES) this.ws.terminate();
    this.#tellGone();
  }

  /** Looks after the socket from time to time; `silenceMs` without a sign ends it, half of the way it is asked for one. */
  sweep(now: number, heartbeatMs: number, silenceMs: number): void {
    if (this.#closingSince !== null) {
      if (now - this.#closingSince >= CLOSE_WITHIN_MS) this.ws.terminate();
      return;
    }
    if (now - this.heardAt >= silenceMs) {
      this.close(CLOSINGS.unheard);
      this.ws.terminate();
      return;
    }
    this.#checkStall(now, silenceMs);
    if (now - this.heardAt < heartbeatMs || now - this.askedAt < heartbeatMs) return;
    this.askedAt = now;
    this.ws.ping();
  }

  #checkStall(now: number, silenceMs: number): void {
    if (this.ws.bufferedAmount === 0) this.#stalledSince = null;
    else if (this.#stalledSince === null) this.#stalledSince = now;
    else if (now - this.#stalledSince >= silenceMs) {
      this.close(CLOSINGS.too_slow, { say: false });
      this.ws.terminate();
    }
  }

  #heard(data: RawData, isBinary: boolean): void {
    this.heardAt = this.clock();
    if (this.closing) return;
    if (isBinary) this.close(CLOSINGS.unreadable);
    else this.owner?.receive((data as Buffer).toString());
  }

  #end(): void {
    this.#gone = true;
    this.released(this);
    this.#tellGone();
  }

  #tellGone(): void {
    const { owner } = this;
    this.owner = undefined;
    owner?.gone();
  }
}
