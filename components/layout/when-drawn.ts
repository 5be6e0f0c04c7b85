/** A page that nobody sees draws no frames: then so long instead. */
const UNSEEN_MS = 250;

/**
 * Calls `then` once what stands on the page is drawn as it stays: two frames later, each with the tasks that follow from it. A box that
 * measures itself, such as a table that scrolls when it is too wide, is told its size after one frame and drawn by it in the next.
 * Gives what calls it off.
 */
export function whenDrawn(then: () => void): () => void {
  let waiting = true;
  const forget = () => {
    waiting = false;
  };
  const done = () => {
    if (waiting) then();
    forget();
  };
  const frame = () => new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  void frame().then(frame).then(done);
  setTimeout(done, UNSEEN_MS);
  return forget;
}
