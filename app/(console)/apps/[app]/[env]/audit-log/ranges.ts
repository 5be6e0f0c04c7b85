const MINUTE_MS = 60_000;

/** Time presets: how far back from now. */
export const RANGES = {
  "15m": { label: "Last 15 minutes", ms: 15 * MINUTE_MS },
  "1h": { label: "Last hour", ms: 60 * MINUTE_MS },
  "24h": { label: "Last 24 hours", ms: 24 * 60 * MINUTE_MS },
  "7d": { label: "Last 7 days", ms: 7 * 24 * 60 * MINUTE_MS },
} as const;
