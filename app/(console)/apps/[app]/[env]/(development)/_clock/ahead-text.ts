import { plural } from "@/components/ui/count-text";
import { lengthText } from "@/components/ui/time-format";

const MINUTE_MS = 60_000;

/** "7 days", "30 seconds": how far a clock is ahead. */
export const aheadText = (ms: number): string =>
  ms < MINUTE_MS ? plural(Math.max(1, Math.round(ms / 1_000)), "second") : lengthText(Math.round(ms / MINUTE_MS));
