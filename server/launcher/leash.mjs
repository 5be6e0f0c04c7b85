// Loaded into the launcher's children before anything else: when the launcher dies without having stopped them
// (kill -9), the channel to it closes, and they end with everything they started.
import process from "node:process";

const GRACE_MS = 10_000;

// What a child starts with this flag inherited has a channel of its own to that child, which is not ours to touch.
if (process.env.IM_LAUNCHER_PID === String(process.ppid)) {
  process.once("disconnect", () => {
    // The launcher made this process the leader of a group of its own.
    process.kill(process.platform === "win32" ? process.pid : 0, "SIGTERM");
    setTimeout(() => process.exit(1), GRACE_MS).unref();
  });
  // After the listener, which would keep the process alive by itself.
  process.channel?.unref();
}
