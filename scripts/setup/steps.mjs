const INTERVAL_MS = 5000;

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * Runs a long step and shows on standard error that it runs, that it still runs, and how long it took. On a terminal
 * the time counts up in place; elsewhere a line every few seconds says that it goes on.
 */
export async function step(title, work) {
  const out = process.stderr;
  const began = Date.now();
  const elapsed = () => seconds(Date.now() - began);
  out.write(out.isTTY ? `  ${title} …` : `  ${title} …\n`);
  const ticker = setInterval(
    () => out.write(out.isTTY ? `\r  ${title} … ${elapsed()}` : `  ${title} … ${elapsed()}\n`),
    out.isTTY ? 200 : INTERVAL_MS,
  );
  try {
    const result = await work();
    clearInterval(ticker);
    out.write(out.isTTY ? `\r  ${title}, ${elapsed()}.   \n` : `  ${title}, ${elapsed()}.\n`);
    return result;
  } catch (error) {
    clearInterval(ticker);
    if (out.isTTY) out.write("\n");
    throw error;
  }
}
