import type { Method } from "../method";
import { disconnect } from "./disconnect";
import { getOwnUser } from "./get-own-user";
import { ping } from "./ping";

/** Every call that a connected client may make. `connect` is the handshake's (handshake.ts). */
export const METHODS: readonly Method[] = [ping, disconnect, getOwnUser];
