import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Context } from "@/lib/core/context";
import { CONNECTION_LIMITS } from "@/lib/core/presence/connection-limits";
import { createPresenceNode, type PresenceNode, type StoredConnection } from "@/lib/core/presence/presence-node";
import { publish } from "@/lib/core/publish";
import { settingsOf } from "@/lib/core/settings/settings-of";
import { addressBlock, clientAddressOf, clientPortOf } from "@/lib/http/client-address";
import { NO_SNIFF, refuseSocket } from "@/lib/http/http-server";
import type { HttpRefusal } from "@/lib/http/request-rules";
import type { Connection, ConnectionTools } from "./connection";
import { type GatewayCounts, uncounted } from "./counts";
import { startCutOffs } from "./cut-offs";
import { FollowedEnvironments } from "./followed-environments";
import { Handshake, type HandshakeTools } from "./handshake";
import { HandshakePlaces } from "./handshake-places";
import { Hub } from "./hub";
import { METHODS } from "./methods";
import { CLOSINGS, GATEWAY_PATH, HEARTBEAT_MS, MAX_CONTENT_BYTES, MAX_FRAME_BYTES, SILENCE_MAX_MS } from "./protocol";
import { RateWindows } from "./rate-windows";
import type { GatewaySettings } from "./settings";
import { Socket } from "./socket";

const WINDOW_MS = 10_000;
const SWEEP_MS = 1_000;
/** Connections that are told to go within one step while stopping, so that they do not come back all at once. */
const DRAIN_STEPS = 20;
/** What is turned away before it becomes a WebSocket. */
const LATER: HttpRefusal = { status: 503, text: "Connect again later." };
const TOO_OFTEN: HttpRefusal = {
  status: 429,
  text: "Too many connects from this address.",
  retryAfterSeconds: WINDOW_MS / 1000,
};
const NOT_HERE = { status: 404, text: `WebSockets are at ${GATEWAY_PATH}.` };

export interface Gateway {
  readonly hub: Hub;
  readonly presence: PresenceNode;
  /** Sockets that have not connected yet. */
  waiting(): number;
  /** Cuts everybody connected who may not be any more; happens by itself on events, after gaps and once a minute. */
  recheck(): Promise<void>;
  /** Takes over an HTTP connection that asks to become a WebSocket; answers it where it may not. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Looks after heartbeats and deadlines; runs by itself every second. */
  sweep(): void;
  /** Takes nobody any more and tells everybody to connect elsewhere, spread over `overMs`; resolves when all are gone. */
  drain(overMs: number): Promise<void>;
}

/**
 * The realtime gateway of one process (docs/client-api.md). `counts` is told of what it does. `clock` measures silence,
 * windows and calls, in milliseconds.
 */
export function createGateway(
  context: Context,
  settings: GatewaySettings,
  counts: GatewayCounts = uncounted,
  clock: () => number = () => performance.now(),
): Gateway {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
  });
  server.on("headers", (headers) => headers.push(NO_SNIFF.join(": ")));
  const hub = new Hub(counts);
  const followed = new FollowedEnvironments(context, hub);
  const presence = createPresenceNode(context, clock);
  const sockets = new Set<Socket>();
  const limit = (count: number) => (settings.rateLimits ? count : 0);
  const handshakes = new HandshakePlaces(limit(settings.connectsPerAddress), clock);
  const addressConnects = new RateWindows(limit(settings.connectsPerAddress * 10), WINDOW_MS, clock);
  let stopping = false;

  const connectionTools: ConnectionTools = {
    context,
    methods: new Map(METHODS.map((method) => [method.name, method])),
    rateLimits: settings.rateLimits,
    counts,
    ended(connection) {
      hub.remove(connection);
      followed.left(connection.environment.id);
      presence.remove(connection.id, connection.ending);
    },
  };

  const handshakeTools: HandshakeTools = {
    context,
    hub,
    connectionTools,
    counts,
    userConnects: new RateWindows(limit(CONNECTION_LIMITS.connectsOfUser), WINDOW_MS, clock),
    async admitted(connection) {
      await Promise.all([presence.add(storedOf(connection)), followed.follow(connection.environment.id)]);
      await supersedeOlder(connection);
    },
    refused: (input, ip, code) => presence.refused(input, ip, code),
    facts: () => ({ heartbeatMs: HEARTBEAT_MS, maxContentBytes: MAX_CONTENT_BYTES }),
    over(handshake) {
      handshakes.leave(handshake);
    },
  };

  const supersedeOlder = async (connection: Connection): Promise<void> => {
    const { samePlatformConnections } = await settingsOf(context, connection.environment.id);
    if (samePlatformConnections !== "replace") return;
    const { environment, userId, platform, id, connectedAt } = connection;
    await publish(context, {
      type: "connections.superseded",
      environmentId: environment.id,
      userId,
      platform,
      connectionId: id,
      connectedAt,
    });
  };

  const released = (socket: Socket) => sockets.delete(socket);

  const turnAway = (socket: Duplex, refusal: HttpRefusal) => {
    counts.handshake(refusal.status);
    refuseSocket(socket, refusal);
  };

  const sweep = (): void => {
    const now = clock();
    handshakes.sweep(now);
    for (const socket of sockets) socket.sweep(now, HEARTBEAT_MS, SILENCE_MAX_MS);
  };
  const timer = setInterval(sweep, SWEEP_MS);
  const cutOffs = startCutOffs(context, hub);

  return {
    hub,
    presence,
    waiting: () => handshakes.size,
    recheck: () => cutOffs.recheck(),
    sweep,
    upgrade(request, transport, head) {
      const path = request.url?.split("?", 1)[0];
      if (path !== GATEWAY_PATH) return refuseSocket(transport, NOT_HERE);
      if (stopping) return turnAway(transport, LATER);
      const ip = clientAddressOf(request, settings.trustProxy);
      const block = addressBlock(ip);
      if (!addressConnects.admit(block) || handshakes.isShareTaken(block)) {
        return turnAway(transport, TOO_OFTEN);
      }
      if (!handshakes.hasRoom()) return turnAway(transport, LATER);
      server.handleUpgrade(request, transport, head, (ws) => {
        const origin = request.headers.origin ?? null;
        const socket = new Socket(ws, transport, ip, clientPortOf(request, ip), origin, clock, released);
        sockets.add(socket);
        handshakes.take(new Handshake(socket, transport, handshakeTools), block);
      });
    },
    async drain(overMs) {
      stopping = true;
      const open = [...sockets];
      const step = Math.ceil(open.length / DRAIN_STEPS);
      for (let at = 0; at < open.length; at += step) {
        for (const socket of open.slice(at, at + step)) socket.close(CLOSINGS.stopping);
        if (at + step < open.length) await pause(overMs / DRAIN_STEPS);
      }
      for (const socket of sockets) socket.close(CLOSINGS.stopping);
      for (let waited = 0; sockets.size > 0 && waited < 1_000; waited += 20) await pause(20);
      for (const socket of sockets) socket.ws.terminate();
      clearInterval(timer);
      cutOffs.stop();
      followed.stop();
      await presence.stop();
    },
  };
}

const storedOf = (connection: Connection): StoredConnection => ({
  environmentId: connection.environment.id,
  userId: connection.userId,
  id: connection.id,
  platform: connection.platform,
  sdk: connection.sdk,
  device: connection.device,
  ip: connection.socket.ip,
  port: connection.socket.port,
  connectedAt: new Date(connection.connectedAt),
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
