import { startWebhookWorker } from "@/lib/core/webhooks/webhook-worker";
import { parseEnv } from "@/lib/env";
import { createRuntime } from "@/lib/runtime";

/**
 * A process that delivers webhook events and nothing else, for tests that kill it. Arguments: the address of the database
 * and the master key. Says "ready" to its parent.
 */
const [databaseUrl = "", masterKey = ""] = process.argv.slice(2);
const settings = parseEnv({
  DATABASE_URL: databaseUrl,
  MASTER_KEY: masterKey,
  WEBHOOK_ALLOW_PRIVATE: "on",
  LOG_LEVEL: "error",
});
const { context } = await createRuntime("webhook test", settings);
await startWebhookWorker(context, { databaseUrl });
process.send?.("ready");
