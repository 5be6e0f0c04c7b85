import { z } from "zod";
import { defineMethod } from "../method";

/** For clients that cannot send WebSocket pings, and to compare clocks. */
export const ping = defineMethod({
  name: "ping",
  input: z.object({}),
  run: (context) => ({ serverTime: context.now() }),
});
