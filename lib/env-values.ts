import { z } from "zod";

/** Shapes of settings that more than one group of variables has. */

export const onOff = (fallback: "on" | "off") =>
  z
    .enum(["on", "off"], { message: "must be on or off" })
    .default(fallback)
    .transform((word) => word === "on");

/** Text that `parse` understands; `what` it must be otherwise. */
export const parsed = <T>(parse: (text: string) => T | null, what: string) =>
  z.string().transform((text, ctx) => {
    const value = parse(text.trim());
    if (value !== null) return value;
    ctx.addIssue({ code: "custom", message: `must be ${what}, not "${text}"` });
    return z.NEVER;
  });
