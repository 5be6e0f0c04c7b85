import { styleText } from "node:util";
import type { ChildStream } from "./child";

const LEVELS: Record<number, "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL"> = {
  10: "TRACE",
  20: "DEBUG",
  30: "INFO",
  40: "WARN",
  50: "ERROR",
  60: "FATAL",
};

const SHOWN_APART = new Set(["level", "time", "process", "msg", "err"]);

/** Moves the cursor, colours or reorders on a terminal, or begins a line where there is none. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** Text that others may have written, on one line and without any effect on a terminal. Valid JSON stays valid JSON. */
export function printable(text: string): string {
  return text.replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** How `lib/log.ts` begins a line. */
const LOG_LINE = /^\{"level":\d+,"time":"[\dT:.Z-]+","process":"(\w+)",.*\}$/;

/**
 * A child's line as the launcher shows it. Lines of its log pass for programs and become readable on a terminal. Anything else
 * gets the child's name in front: it may contain what a stranger has sent, who must not be able to write a line of the log.
 * Only what came on standard output is the log's (leash.mjs).
 */
export function formatLine(name: string, line: string, from: ChildStream, forPeople: boolean): string {
  const text = printable(line);
  const entry = from === "stdout" && LOG_LINE.exec(text)?.[1] === name ? parse(text) : undefined;
  if (entry === undefined) return line.trim() === "" ? "" : `[${name}] ${text}`;
  if (!forPeople) return text;
  const time = String(entry.time).slice(11, 23);
  const fields = Object.entries(entry)
    .filter(([key]) => !SHOWN_APART.has(key))
    .map(([key, value]) => `${key}=${typeof value === "string" ? value : JSON.stringify(value)}`);
  const error = entry.err as { stack?: string; message?: string } | undefined;
  const level = LEVELS[Number(entry.level)] ?? "INFO";
  const parts = [time, level, `[${name}]`, entry.msg, ...fields].filter((part) => part !== undefined && part !== "");
  const trace = error === undefined ? [] : (error.stack ?? error.message ?? "").split("\n");
  const shown = [parts.join(" "), ...trace.map((part) => `    ${part}`)].map(printable).join("\n");
  if (level === "ERROR" || level === "FATAL") return styleText("red", shown);
  return level === "WARN" ? styleText("yellow", shown) : shown;
}

function parse(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export interface ReadyAddresses {
  readonly consoleUrl: string;
  readonly apiUrl: string;
  /** While no operator exists. */
  readonly setupUrl: string | null;
  readonly database: string;
  /** Who reaches it (`reachNote`). */
  readonly reach: string | null;
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
  if (addresses.reach !== null) lines.push("", `  ${addresses.reach}`);
  if (addresses.setupUrl !== null) {
    lines.push("", "  Nobody can sign in yet. Open this link once to create the owner:", `  ${addresses.setupUrl}`);
  }
  lines.push("", "  Ctrl-C stops everything.", "");
  return lines.join("\n");
}
