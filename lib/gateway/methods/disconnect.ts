import { z } from "zod";
import { defineMethod } from "../method";

/** The client's own wish, which ends the WebSocket normally. */
const SIGNED_OUT = { code: 2, closeCode: 1000 };

/** The user signs out: after the answer the server closes, and the user counts as signed out, not as lost. */
export const disconnect = defineMethod({
  name: "disconnect",
  input: z.object({}),
  run(_context, _actor, _input, connection) {
    connection.ending = "logout";
    // After the answer, which is sent when this returns.
    setImmediate(() => connection.socket.closeWith(SIGNED_OUT.code, SIGNED_OUT.closeCode));
    return {};
  },
});
