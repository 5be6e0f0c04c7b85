import { z } from "zod";
import { limitedText, mustBe } from "../input/text";

/** Kinds of devices that connect. Browser-safe. */
export const PLATFORMS = ["Android", "iOS", "HarmonyOS", "Web", "PC", "MiniProgram"] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Versions of the client protocol that are spoken; from `joining` on, a frame of the server may hold several messages. */
export const PROTOCOLS = { oldest: 1, joining: 2, newest: 2 } as const;

const shortText = limitedText({ characters: 64 }, { empty: true }).default("");

/** What a client says of itself when it connects. The token is judged, not parsed, so any text passes here. */
export const ConnectSchema = z
  .object({
    /** The oldest version of the protocol that the client speaks … */
    protocol: z.number({ error: mustBe("a number") }),
    /** … and the newest; left out: no other. */
    maxProtocol: z.int({ error: mustBe("a whole number") }).optional(),
    appKey: z.string({ error: mustBe("text") }),
    token: z.string({ error: mustBe("text") }),
    platform: z.enum(PLATFORMS, { error: `Must be one of ${PLATFORMS.join(", ")}.` }),
    /** Name and version of the client library. */
    sdk: shortText,
    /** What the person calls the device, or its model. */
    device: shortText,
  })
  .refine(({ protocol, maxProtocol = protocol }) => maxProtocol >= protocol, {
    path: ["maxProtocol"],
    error: "Must not be below protocol.",
  });
export type ConnectInput = z.output<typeof ConnectSchema>;
