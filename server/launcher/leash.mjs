// Loaded into the launcher's children before anything else: when the launcher dies without having stopped them
// (kill -9), the channel to it closes, and they end with everything they started.
import process from "node:process";

const GRACE_MS = 10_000;

process.channel?.unref();
process.once("disconnect", () => {
  // The launcher made this process the leader of a group of its own.
  process.kill(process.platform === "win32" ? process.pid : 0, "SIGTERM");
  setTimeout(() => process.exit(1), GRACE_MS).unref();
});
process.channel?.unref();
