import type { AppUser, EnvironmentRef } from "@/lib/core/actor";
import { contextIn } from "@/lib/core/clock/environment-time";
import type { Context } from "@/lib/core/context";
import { AppError, ERRORS } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Admission } from "@/lib/core/presence/admit-user";
import { CONNECTION_LIMITS } from "@/lib/core/presence/connection-limits";
import type { Ending } from "@/lib/core/presence/presence-changes";
import type { Platform } from "@/lib/core/presence/schema";
import { asRefusal } from "@/lib/core/refusal";
import type { GatewayCounts } from "./counts";
import { type Call, closingFrame, errorFrame, type Frame, type RpcError, readCall, resultFrame } from "./frames";
import type { UserEntry } from "./hub";
import type { Method } from "./method";
import { CLOSINGS, type Closing, RPC_ERRORS } from "./protocol";
import { rpcErrorOf } from "./refusal";
import type { Socket } from "./socket";

const CALLS_PER_SECOND = CONNECTION_LIMITS.callsPerSecond;
/** Refused calls in one second after which the connection is cut: it does not listen to what it is answered. */
const REFUSED_PER_SECOND = 400;
/** Calls of one connection that run at once; more are not even read from the network until one has ended. */
const MAX_RUNNING = 64;

/** How calls of no method are counted: clients think of any number of names. */
const OTHER = "other";

const TOO_MANY = rpcErrorOf(new AppError("rate_limited"));

export interface Device {
  readonly platform: Platform;
  readonly sdk: string;
  readonly device: string;
}

/** What all connections of a process share. */
export interface ConnectionTools {
  readonly context: Context;
  readonly methods: ReadonlyMap<string, Method>;
  readonly rateLimits: boolean;
  readonly counts: GatewayCounts;
  /** The connection has ended, whoever ended it. */
  ended(connection: Connection): void;
}

/** One live connection of one user: runs its calls, sends it frames. Is in the hub from the moment the token is proved. */
export class Connection implements Admission {
  readonly id = newId.connection();
  /** Unix milliseconds of real time: of two connections one is the older, whatever was done to a test clock in between. */
  readonly connectedAt: number;
  /** As it was looked up last: whoever hears that it changed says so. */
  environment: EnvironmentRef;
  readonly userId: string;
  readonly tokenIssuedAt: number;
  readonly platform: Platform;
  readonly sdk: string;
  readonly device: string;
  ending: Ending = "lost";
  /** Set by the hub. */
  user: UserEntry | undefined;
  #open = false;
  #second = 0;
  #calls = 0;
  #running = 0;

  constructor(
    readonly socket: Socket,
    private readonly tools: ConnectionTools,
    admission: Admission,
    device: Device,
    /** The call that it answers once it is admitted, or is cut before. */
    private readonly connectId: Call["id"],
  ) {
    this.connectedAt = tools.context.now();
    this.environment = admission.environment;
    this.userId = admission.userId;
    this.tokenIssuedAt = admission.tokenIssuedAt;
    this.platform = device.platform;
    this.sdk = device.sdk;
    this.device = device.device;
    socket.owner = this;
  }

  /** Whether it is admitted and not ended: only then calls are carried out and events are sent. */
  get open(): boolean {
    return this.#open && !this.socket.closing;
  }

  admit(): void {
    this.#open = true;
  }

  send(frame: Frame): void {
    this.socket.send(frame);
  }

  lastWords(why: Closing): Frame {
    return closingFrame(why, this.#open ? null : this.connectId);
  }

  /** Ends the connection and tells the client why. */
  cut(why: Closing): void {
    this.socket.close(why === CLOSINGS.banned && !this.#open ? CLOSINGS.banned_on_connect : why);
  }

  /** The actor of the next call. */
  actor(): AppUser {
    return {
      kind: "app_user",
      source: "client",
      requestId: newId.request(),
      ip: this.socket.ip,
      environment: this.environment,
      userId: this.userId,
      connection: { id: this.id, platform: this.platform },
    };
  }

  receive(text: string): void {
    if (!this.#open) {
      this.cut(CLOSINGS.unreadable);
      return;
    }
    const call = readCall(text);
    const over = this.tools.rateLimits && this.#overLimit();
    const since = this.socket.heardAt;
    if ("error" in call) this.#refuse(call.id, OTHER, call.error, since);
    else if (over) this.#refuse(call.id, this.tools.methods.get(call.method)?.name ?? OTHER, TOO_MANY, since);
    else this.#dispatch(call, since);
  }

  gone(): void {
    if (this.#open) this.tools.counts.closed(this.socket.endCode);
    this.tools.ended(this);
  }

  #dispatch(call: Call, since: number): void {
    const method = this.tools.methods.get(call.method);
    if (method === undefined) this.#refuse(call.id, OTHER, RPC_ERRORS.unknownMethod, since);
    else if (this.tools.rateLimits && this.#overMethodLimit(method))
      this.#refuse(call.id, method.name, TOO_MANY, since);
    else void this.#run(method, call, since);
  }

  #refuse(id: Call["id"] | null, method: string, error: RpcError, since: number): void {
    this.send(errorFrame(id, error));
    this.#count(method, error.code, since);
  }

  #count(method: string, code: number, since: number): void {
    this.tools.counts.call(method, code, this.socket.clock() - since);
  }

  async #run(method: Method, call: Call, since: number): Promise<void> {
    this.#running += 1;
    if (this.#running === MAX_RUNNING) this.socket.ws.pause();
    const actor = this.actor();
    try {
      const carryOut = method.parse(call.params);
      this.send(resultFrame(call.id, await carryOut(contextIn(this.tools.context, actor.environment), actor, this)));
      this.#count(method.name, 0, since);
    } catch (thrown) {
      const refusal = asRefusal(thrown);
      if (!ERRORS[refusal.code].expected) {
        const line = { requestId: actor.requestId, method: method.name, environmentId: this.environment.id };
        this.tools.context.log.error({ ...line, err: refusal.cause ?? refusal }, "gateway: a call failed");
      }
      this.#refuse(call.id, method.name, rpcErrorOf(refusal), since);
    } finally {
      if (this.#running === MAX_RUNNING) this.socket.ws.resume();
      this.#running -= 1;
    }
  }

  #overLimit(): boolean {
    const second = Math.floor(this.socket.heardAt / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#calls = 0;
    }
    this.#calls += 1;
    if (this.#calls > CALLS_PER_SECOND + REFUSED_PER_SECOND) this.cut(CLOSINGS.too_many_calls);
    return this.#calls > CALLS_PER_SECOND;
  }

  #overMethodLimit(method: Method): boolean {
    const windows = this.user?.windows;
    if (method.perSecond === null || windows === undefined) return false;
    const start = Math.floor(this.socket.heardAt / 1_000);
    const window = windows.get(method.name);
    if (window?.start !== start) {
      windows.set(method.name, { start, count: 1 });
      return false;
    }
    window.count += 1;
    return window.count > method.perSecond;
  }
}
