import { z } from "zod";
import { defineMethod } from "../method";

/** The user signs out: after the answer the server closes, and the user counts as signed out, not as lost. */
export const disconnect = defineMethod({
  name: "disconnect",
  input: z.object({}),
  run(_context, _actor, _input, connection) {
    connection.ending = "logout";
    // After the answer, which is sent when this returns.
    setImmediate(() => connection.socket.closeWith(1000, "2"));
    return {};
  },
});
