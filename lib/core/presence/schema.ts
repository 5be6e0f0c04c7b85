import { z } from "zod";
import { limitedText, mustBe } from "../input/text";
import { PLATFORMS } from "./facts";

export type Platform = (typeof PLATFORMS)[number];

export const PROTOCOL_VERSION = 1;

const shortText = limitedText({ characters: 64 }, { empty: true }).default("");

/** What a client says of itself when it connects. The token is judged, not parsed, so any text passes here. */
export const ConnectSchema = z.object({
  protocol: z.number({ error: mustBe("a number") }),
  appKey: z.string({ error: mustBe("text") }),
  token: z.string({ error: mustBe("text") }),
  platform: z.enum(PLATFORMS, { error: `Must be one of ${PLATFORMS.join(", ")}.` }),
  /** Name and version of the client library. */
  sdk: shortText,
  /** What the person calls the device, or its model. */
  device: shortText,
});
export type ConnectInput = z.output<typeof ConnectSchema>;
