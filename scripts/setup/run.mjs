import { spawn } from "node:child_process";

/** Children that run right now, each leading a process group of its own. */
const running = new Set();

/** A program that ended with something else than 0. `output` is what it wrote when that was kept back. */
export class RunError extends Error {
  constructor(command, reason, output) {
    super(`${command} ended with ${reason}`);
    this.name = "RunError";
    this.output = output;
    this.code = typeof reason === "number" ? reason : 1;
  }
}

/**
 * Runs a program to its end. `quiet` keeps its output back for the error; otherwise it goes to this process's streams,
 * `tee` does both. Gives what it wrote when `quiet` or `tee`.
 */
export function run(command, args, options = {}) {
  const { quiet = false, tee = false, ...rest } = options;
  const kept = quiet || tee;
  return new Promise((resolve, reject) => {
    // Its own group, so that Ctrl-C reaches this process alone, which then ends the whole group.
    const child = spawn(command, args, {
      detached: true,
      stdio: kept ? ["ignore", "pipe", "pipe"] : "inherit",
      ...rest,
    });
    let text = "";
    const keep = (source, target) =>
      source?.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
        if (tee) target.write(chunk);
      });
    keep(child.stdout, process.stdout);
    keep(child.stderr, process.stderr);
    running.add(child);
    const release = guard(child.pid);
    child.once("error", (error) => {
      running.delete(child);
      release();
      reject(error);
    });
    child.once("close", (code, signal) => {
      running.delete(child);
      release();
      if (code === 0) resolve(text);
      else reject(new RunError([command, ...args].join(" "), signal ?? code, text));
    });
  });
}

/**
 * Ends the process group of a child when this process dies without having ended it (kill -9): a small shell waits for the end of
 * a pipe that only this process holds. Otherwise a build that goes on alone would stand in the way of the next one. Returns how
 * to call it off.
 */
function guard(pid) {
  if (pid === undefined || process.platform === "win32") return () => {};
  const script = 'read -r word; [ "$word" = done ] || kill -TERM "-$1"';
  const shell = spawn("/bin/sh", ["-c", script, "guard", String(pid)], {
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  // Without a shell nothing is guarded, and nothing else depends on it.
  shell.on("error", () => {});
  shell.stdin.on("error", () => {});
  shell.unref();
  shell.stdin.unref();
  return () => shell.stdin.end("done\n");
}

/** Ends what runs, with all its children. Resolves when it has ended. */
export async function endRunning(signal = "SIGTERM") {
  await Promise.all(
    [...running].map(
      (child) =>
        new Promise((resolve) => {
          child.once("close", resolve);
          try {
            process.kill(-child.pid, signal);
          } catch (error) {
            if (error.code !== "ESRCH") throw error;
          }
          setTimeout(() => {
            try {
              process.kill(-child.pid, "SIGKILL");
            } catch {
              // It has ended meanwhile.
            }
          }, 8000).unref();
        }),
    ),
  );
}

/** Ctrl-C and SIGTERM end what runs and then this process, with `code`. Returns how to take that back. */
export function endOnSignal(code) {
  const end = async () => {
    process.off("exit", killRest);
    await endRunning();
    process.exit(code);
  };
  const killRest = () => {
    for (const child of running) {
      try {
        process.kill(-child.pid, "SIGKILL");
      } catch {
        // It has ended already.
      }
    }
  };
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const signal of signals) process.on(signal, end);
  process.on("exit", killRest);
  return () => {
    for (const signal of signals) process.off(signal, end);
    process.off("exit", killRest);
  };
}
