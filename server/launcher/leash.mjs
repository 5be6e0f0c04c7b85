// Loaded into the launcher's children before anything else.
import { Console } from "node:console";
import process from "node:process";

const GRACE_MS = 10_000;

// Standard output is the log's (lib/log.ts). What libraries print may contain what strangers have sent, which must not pass for
// a line of the log.
globalThis.console = new Console(process.stderr, process.stderr);

const launcher = process.env.IM_LAUNCHER_PID;
// What a child starts in turn has a channel of its own to that child, which is not ours to touch.
delete process.env.IM_LAUNCHER_PID;

/** Ends this process with everything it started. */
function end() {
  // The launcher made this process the leader of a group of its own.
  process.kill(process.platform === "win32" ? process.pid : 0, "SIGTERM");
  setTimeout(() => process.exit(1), GRACE_MS).unref();
}

// When the launcher dies without having stopped its children (kill -9), the channel to it closes.
if (launcher !== undefined && launcher !== String(process.ppid)) end();
else if (launcher !== undefined) {
  process.once("disconnect", end);
  // After the listener, which would keep the process alive by itself.
  process.channel?.unref();
}
