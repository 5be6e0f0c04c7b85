import { AppError } from "@/lib/core/errors";
import type { ApiCall } from "./call";

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The body, of at most `limitBytes`, as a JSON object. Throws `body_not_json` and `body_too_large`. */
export async function readJsonObject(call: ApiCall, limitBytes: number): Promise<object> {
  const type = call.header("content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type !== "application/json") {
    throw new AppError("body_not_json", { message: "Send the body as application/json." });
  }
  const bytes = await call.readBody(limitBytes);
  if (bytes === null) throw new AppError("body_too_large");
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(bytes));
  } catch (cause) {
    throw new AppError("body_not_json", { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new AppError("body_not_json");
  return value;
}
