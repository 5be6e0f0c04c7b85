const INTERVAL_MS = 5000;

export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/** What runs now, in the order in which it began; a terminal shows all of it on its last line. */
const running = new Set();
let ticker;

const out = process.stderr;
const clear = () => out.write("\r\u001b[K");
const told = ({ title, began }) => `  ${title} … ${seconds(Date.now() - began)}`;

function draw() {
  clear();
  out.write([...running].map(told).join(","));
}

function begin(one) {
  running.add(one);
  if (out.isTTY) {
    draw();
    ticker ??= setInterval(draw, 200);
    return () => end(one);
  }
  out.write(`  ${one.title} …\n`);
  const lines = setInterval(() => out.write(`${told(one)}\n`), INTERVAL_MS);
  return () => {
    clearInterval(lines);
    end(one);
  };
}

function end(one) {
  running.delete(one);
  if (!out.isTTY) return;
  clear();
  if (running.size > 0) return;
  clearInterval(ticker);
  ticker = undefined;
}

/**
 * Runs a long step and shows on standard error that it runs, that it still runs, and how long it took; several may run at once. On a
 * terminal the time counts up in place; elsewhere a line every few seconds says that it goes on.
 */
export async function step(title, work) {
  const one = { title, began: Date.now() };
  const ended = begin(one);
  try {
    const result = await work();
    ended();
    out.write(`  ${title}, ${seconds(Date.now() - one.began)}.\n`);
    return result;
  } catch (error) {
    ended();
    throw error;
  }
}
