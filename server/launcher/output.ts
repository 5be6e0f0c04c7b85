import { styleText } from "node:util";

const LEVELS: Record<number, "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL"> = {
  10: "TRACE",
  20: "DEBUG",
  30: "INFO",
  40: "WARN",
  50: "ERROR",
  60: "FATAL",
};

const SHOWN_APART = new Set(["level", "time", "process", "msg", "err"]);

/**
 * A child's line as the launcher shows it. JSON log lines pass unchanged where a program reads them and become readable
 * on a terminal; anything else gets the child's name in front.
 */
export function formatLine(name: string, line: string, forPeople: boolean): string {
  if (!line.startsWith("{")) return line.trim() === "" ? "" : `[${name}] ${line}`;
  if (!forPeople) return line;
  let entry: Record<string, unknown>;
  try {
    entry = JSON.parse(line);
  } catch {
    return `[${name}] ${line}`;
  }
  const time = String(entry.time ?? "").slice(11, 23);
  const fields = Object.entries(entry)
    .filter(([key]) => !SHOWN_APART.has(key))
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const error = entry.err as { stack?: string; message?: string } | undefined;
  const level = LEVELS[Number(entry.level)] ?? "INFO";
  const parts = [time, level, `[${name}]`, entry.msg, ...fields].filter((part) => part !== undefined && part !== "");
  const text = error === undefined ? parts.join(" ") : `${parts.join(" ")}\n${error.stack ?? error.message ?? ""}`;
  if (level === "ERROR" || level === "FATAL") return styleText("red", text);
  return level === "WARN" ? styleText("yellow", text) : text;
}

export interface ReadyAddresses {
  readonly consoleUrl: string;
  readonly apiUrl: string;
  /** While no operator exists. */
  readonly setupUrl: string | null;
  readonly database: string;
  /** Milliseconds since the start. */
  readonly tookMs: number;
}

/** The one block that a start ends with. */
export function readyBlock(addresses: ReadyAddresses): string {
  const lines = [
    "",
    `  IM User Service is ready after ${(addresses.tookMs / 1000).toFixed(1)} s.`,
    "",
    `  Console    ${addresses.consoleUrl}`,
    `  API        ${addresses.apiUrl}`,
    `  Database   ${addresses.database}`,
  ];
  if (addresses.setupUrl !== null) {
    lines.push("", "  Nobody can sign in yet. Open this link once to create the owner:", `  ${addresses.setupUrl}`);
  }
  lines.push("", "  Ctrl-C stops everything.", "");
  return lines.join("\n");
}
