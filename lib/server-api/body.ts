import { isUtf8 } from "node:buffer";
import { AppError } from "@/lib/core/errors";
import { isPlain } from "@/lib/core/input/plain";
import type { ApiCall } from "./call";

/**
 * The body, of at most `limitBytes`, as a JSON object. Throws `body_not_json`, `body_too_large`, and `invalid_parameter` for a
 * body that nests too deeply.
 */
export async function readJsonObject(call: ApiCall, limitBytes: number): Promise<object> {
  const type = call.header("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("body_not_json", { message: "Send the body as application/json." });
  }
  const bytes = await call.readBody(limitBytes);
  if (bytes === null) throw new AppError("body_too_large");
  if (!isUtf8(bytes)) throw new AppError("body_not_json", { message: "The body is not UTF-8." });
  let value: unknown;
  try {
    value = JSON.parse(textOf(bytes));
  } catch (cause) {
    throw new AppError("body_not_json", { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new AppError("body_not_json");
  if (!isPlain(value)) throw new AppError("invalid_parameter", { message: "The body nests too deeply." });
  return value;
}

/** Without a byte order mark, which some HTTP libraries put before JSON. */
function textOf(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
