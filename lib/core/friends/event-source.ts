import type { Actor } from "../actor";

/**
 * What a friendship event says it came through (contract section 18): "Server" for app servers and operators, else the kind
 * of device, where a browser is called by its socket.
 */
export function eventSourceOf(actor: Actor): string {
  if (actor.kind !== "app_user") return "Server";
  const platform = actor.connection?.platform ?? "Web";
  return platform === "Web" ? "Websocket" : platform;
}
