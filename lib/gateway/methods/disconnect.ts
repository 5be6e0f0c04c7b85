import { z } from "zod";
import { mustBe } from "@/lib/core/input/text";
import { defineMethod } from "../method";

/** The client's own wish, which ends the WebSocket normally. */
const LEFT = { code: 2, closeCode: 1000 };

/**
 * The client leaves: after the answer the server closes. With `signOut` the user counts as signed out, else as gone offline.
 */
export const disconnect = defineMethod({
  name: "disconnect",
  input: z.object({ signOut: z.boolean({ error: mustBe("true or false") }).default(false) }),
  run(_context, _actor, { signOut }, connection) {
    if (signOut) connection.ending = "logout";
    // After the answer, which is sent when this returns.
    setImmediate(() => connection.socket.closeWith(LEFT.code, LEFT.closeCode));
    return {};
  },
});
