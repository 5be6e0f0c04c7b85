import type { Duplex } from "node:stream";
import { contextIn } from "@/lib/core/clock/environment-time";
import type { Context } from "@/lib/core/context";
import { AppError, ERRORS, type ErrorCode } from "@/lib/core/errors";
import { admitUser } from "@/lib/core/presence/admit-user";
import { CONNECTION_LIMITS } from "@/lib/core/presence/connection-limits";
import { type ConnectInput, ConnectSchema, PROTOCOLS } from "@/lib/core/presence/schema";
import { asRefusal } from "@/lib/core/refusal";
import { Connection, type ConnectionTools } from "./connection";
import type { EndCode, GatewayCounts } from "./counts";
import { type Call, closingFrame, errorFrame, type Frame, readCall, resultFrame } from "./frames";
import type { Hub } from "./hub";
import { CLOSINGS, type Closing, MAX_FIRST_FRAME_BYTES } from "./protocol";
import type { RateWindows } from "./rate-windows";
import { rpcErrorOf } from "./refusal";
import type { Socket, SocketOwner } from "./socket";

/** What the handshakes of a process share. */
export interface HandshakeTools {
  readonly context: Context;
  readonly hub: Hub;
  readonly connectionTools: ConnectionTools;
  readonly userConnects: RateWindows;
  readonly counts: GatewayCounts;
  /** Made known once it may stay: registers its presence. Rejects when that fails. */
  admitted(connection: Connection): Promise<void>;
  /** A connect was refused, with what it said of itself. Never throws. */
  refused(input: ConnectInput, ip: string, code: ErrorCode): void;
  /** What the answer to `connect` says beside the ids. */
  facts(): object;
  /** No connection yet and none to come, or connected. */
  over(handshake: Handshake): void;
}

const CUT_BY_EVENT: ReadonlyMap<EndCode, ErrorCode> = new Map<EndCode, ErrorCode>([
  [CLOSINGS.banned_on_connect.code, "user_banned"],
  [CLOSINGS.soft_deleted.code, "user_soft_deleted"],
]);

/**
 * A socket before it is a connection: takes one frame, the call `connect`, in bounded time and size, and either becomes
 * a connection or is answered with the refusal and closed.
 */
export class Handshake implements SocketOwner {
  readonly #startedAt: number;
  #begun = false;
  #call: Call | null = null;
  #over = false;

  constructor(
    readonly socket: Socket,
    private readonly transport: Duplex,
    private readonly tools: HandshakeTools,
  ) {
    this.#startedAt = socket.clock();
    socket.owner = this;
    transport.on("data", this.#count);
  }

  #received = 0;

  /** Bytes are counted on the transport, so that a large frame is not even collected. */
  readonly #count = (chunk: Buffer): void => {
    this.#received += chunk.length;
    if (this.#received <= MAX_FIRST_FRAME_BYTES) return;
    this.socket.close(CLOSINGS.unreadable);
    this.socket.ws.terminate();
  };

  get isSilent(): boolean {
    return !this.#begun;
  }

  waitedMs(now: number): number {
    return now - this.#startedAt;
  }

  dismiss(): void {
    this.socket.close(CLOSINGS.unheard);
  }

  receive(text: string): void {
    const call = this.#begun ? null : readCall(text);
    this.#begun = true;
    if (call === null) this.socket.close(CLOSINGS.unreadable);
    else if ("error" in call) {
      this.socket.send(errorFrame(call.id, call.error));
      this.socket.close(CLOSINGS.unreadable, { say: false });
    } else {
      this.#call = call;
      void this.#connect(call);
    }
  }

  lastWords(why: Closing): Frame {
    return closingFrame(why, this.#call?.id ?? null);
  }

  gone(): void {
    this.#leave();
  }

  async #connect(call: Call): Promise<void> {
    const registered: { connection?: Connection; input?: ConnectInput } = {};
    try {
      if (call.method !== "connect") throw new AppError("not_connected");
      const input = readConnect(call.params);
      registered.input = input;
      await admitUser(this.tools.context, { ...input, origin: this.socket.origin }, (admission) => {
        if (this.socket.closing) return;
        if (!this.tools.userConnects.admit(`${admission.environment.id}/${admission.userId}`)) {
          throw new AppError("connecting_too_often");
        }
        if (this.tools.hub.countOf(admission.environment.id, admission.userId) >= CONNECTION_LIMITS.ofUser) {
          throw new AppError("connecting_too_often", { message: "The user has too many connections." });
        }
        const connection = new Connection(this.socket, this.tools.connectionTools, admission, input, call.id);
        connection.user = this.tools.hub.add(connection);
        registered.connection = connection;
      });
      const { connection } = registered;
      // Meanwhile the client may have left, or an event have cut it.
      if (connection === undefined || this.socket.closing) return this.#noteCut(input);
      await this.tools.admitted(connection);
      if (this.socket.closing) return this.#noteCut(input);
      connection.admit();
      this.#leave(0);
      const protocol = protocolFor(input);
      connection.send(resultFrame(call.id, { protocol, ...this.#identity(connection), ...this.tools.facts() }));
      // The answer says so, and so is a frame of its own.
      this.socket.flush();
      this.socket.joins = protocol >= PROTOCOLS.joining;
    } catch (thrown) {
      this.#refuse(call, thrown, registered.input);
    } finally {
      // Also where the connection, which owns the socket by now, was cut or lost meanwhile.
      this.#leave();
    }
  }

  #identity({ id, userId, environment }: Connection) {
    const serverTime = contextIn(this.tools.context, environment).now();
    return { userId, connectionId: id, serverTime };
  }

  /** An event was faster than the check, which saw nothing yet: the user was refused all the same. */
  #noteCut(input: ConnectInput): void {
    const code = CUT_BY_EVENT.get(this.socket.endCode);
    if (code !== undefined) this.tools.refused(input, this.socket.ip, code);
  }

  #refuse(call: Call, thrown: unknown, input?: ConnectInput): void {
    let refusal = asRefusal(thrown);
    if (!ERRORS[refusal.code].expected) {
      this.tools.context.log.error({ err: refusal.cause ?? refusal }, "gateway: a connect could not be checked");
      refusal = new AppError("connect_unavailable");
    }
    if (input !== undefined) this.tools.refused(input, this.socket.ip, refusal.code);
    const error = rpcErrorOf(refusal);
    this.socket.send(errorFrame(call.id, error));
    this.socket.closeWith(error.code);
  }

  #leave(code = this.socket.endCode): void {
    if (this.#over) return;
    this.#over = true;
    this.tools.counts.handshake(code);
    this.transport.off("data", this.#count);
    this.tools.over(this);
  }
}

/** Throws `protocol_unsupported` before anything else is looked at, then `ZodError`. */
function readConnect(params: object): ConnectInput {
  const { protocol } = params as { protocol?: unknown };
  const { oldest, newest } = PROTOCOLS;
  if (typeof protocol === "number" && (!Number.isInteger(protocol) || protocol < oldest || protocol > newest)) {
    throw new AppError("protocol_unsupported", { message: `This server speaks protocols ${oldest} to ${newest}.` });
  }
  return ConnectSchema.parse(params);
}

/** The newest that both speak. */
const protocolFor = ({ protocol, maxProtocol = protocol }: ConnectInput): number =>
  Math.min(maxProtocol, PROTOCOLS.newest);
