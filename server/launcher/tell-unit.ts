import { run } from "../../scripts/setup/run.mjs";

/** Tells systemd that everything is ready, where this runs as a unit that waits for it (deploy/systemd). */
export async function tellUnit(): Promise<void> {
  if (process.env.NOTIFY_SOCKET === undefined) return;
  await run("systemd-notify", ["--ready"], { quiet: true });
}
