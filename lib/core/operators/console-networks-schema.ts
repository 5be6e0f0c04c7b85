import { z } from "zod";
import { parseNetworks } from "@/lib/networks";
import { formText } from "../input/text";

/** Apart from the other schemas of operators, which browsers load: networks are read by what Node knows of addresses. */
export const ChangeConsoleNetworksSchema = z.object({
  networks: formText({ max: 8_000, missing: "Enter networks." }).transform((text, ctx) => {
    const networks = parseNetworks(text);
    if (networks !== null) return networks;
    ctx.addIssue({ code: "custom", message: "Write one network or address a line, such as 203.0.113.0/24." });
    return z.NEVER;
  }),
  seen: z.object({ networks: z.string() }).optional(),
});
export type ChangeConsoleNetworksInput = z.input<typeof ChangeConsoleNetworksSchema>;
