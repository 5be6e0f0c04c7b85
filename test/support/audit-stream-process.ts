import { deliverSeals } from "@/lib/core/audit-stream/deliver-seals";
import { parseEnv } from "@/lib/env";
import { createRuntime } from "@/lib/runtime";
import { auditFile } from "@/server/audit-file";

/**
 * A process that sends the audit log on and nothing else, for tests that kill it. Arguments: the address of the database, the
 * master key, and a file. Says "ready" to its parent when all was taken.
 */
const [databaseUrl = "", masterKey = "", file = ""] = process.argv.slice(2);
const settings = parseEnv({
  DATABASE_URL: databaseUrl,
  MASTER_KEY: masterKey,
  WEBHOOK_ALLOW_PRIVATE: "on",
  LOG_LEVEL: "error",
});
const { context } = await createRuntime("audit stream test", settings);
await deliverSeals(context, auditFile(file));
process.send?.("ready");
