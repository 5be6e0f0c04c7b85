import http from "node:http";
import https from "node:https";
import type { Socket } from "node:net";

/** What a call to an issuer may take, whatever shape its answer has. */
export const ISSUER_CALL_MS = 10_000;

/**
 * Connections to an issuer, each for one call, none of which outlives the limit: the client that NextAuth brings along has a limit for
 * silence alone, and an answer that drips has none.
 */
export function issuerAgent(issuer: string, limitMs = ISSUER_CALL_MS): http.Agent {
  const agent = issuer.startsWith("https:") ? new https.Agent() : new http.Agent();
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options, callback) as Socket;
    const limit = setTimeout(() => socket.destroy(new Error(`no whole answer within ${limitMs} ms`)), limitMs);
    socket.once("close", () => clearTimeout(limit));
    return socket;
  };
  return agent;
}
